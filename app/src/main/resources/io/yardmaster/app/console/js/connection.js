import { html, nothing } from './html.js';
import { time } from './format.js';

const WORDS = { connecting: 'Connecting', live: 'Live', lost: 'Lost', paused: 'Paused' };

export const connection = state => html`<span class="lamp ${state}" aria-hidden="true"></span>${WORDS[state]}`;

export function lostBanner(live) {
  if (live.state !== 'lost') {
    return nothing;
  }
  const from = live.overview ? ` The page shows the state of ${time(live.overview.at_ms, live.now())}.` : '';
  return html`<p class="banner"><strong>Connection lost.</strong>${from} Trying again…</p>`;
}
