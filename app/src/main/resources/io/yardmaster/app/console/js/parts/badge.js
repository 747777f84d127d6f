import { html } from '../html.js';

const TONES = {
  active: 'good',
  running: 'good',
  stable: 'good',
  restoring: 'warn',
  rebalancing: 'warn',
  unassigned: 'bad',
  standby: 'bad',
  unreachable: 'bad',
  error: 'bad',
  dead: 'bad',
  empty: 'warn',
  paused: 'warn',
  silent: 'bad',
  overbooked: 'warn',
};

/** The state of something; its colour says nothing that the word does not. */
export const badge = state => html`<span class="badge ${TONES[state] ?? ''}">${state}</span>`;
