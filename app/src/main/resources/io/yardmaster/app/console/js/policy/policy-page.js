import { html, nothing } from '../html.js';
import { Fetched } from '../fetched.js';
import { time } from '../format.js';
import { empty } from '../parts/panel.js';
import { problem } from '../parts/problem.js';
import { jobsHref } from '../routes.js';
import { limitsTable } from './limits-table.js';

/** The entries of the policy that is in force, and what of the policy topic is ignored. */
export class PolicyPage {
  section = '#/policy';
  title = 'Policy';
  #policy;
  #limits;

  constructor(redraw) {
    this.#policy = new Fetched('policy', {}, redraw);
    this.#limits = new Fetched('limits', {}, redraw);
  }

  refresh() {
    this.#policy.refresh();
    this.#limits.refresh();
  }

  view(overview, now) {
    const { data } = this.#policy;
    const error = this.#policy.error ?? this.#limits.error;
    return html`
      <h1>Policy</h1>
      <p class="lead">Choices that operators change at run time with <code>yardmaster policy</code>. They hold for what waits, too.</p>
      ${error ? problem(error) : nothing}
      ${data ? html`${ignored(data.problems)}${table(data.entries, now)}` : error ? nothing : html`<p class="wait">Asking for the policy…</p>`}
      ${this.#limits.data ? limitsTable(this.#limits.data.limits) : nothing}`;
  }
}

const ignored = problems => (problems.length === 0 ? nothing : html`
  <h2>Ignored</h2>
  <ul class="ignored reason">${problems.map(text => html`<li>${text}</li>`)}</ul>`);

const table = (entries, now) => (entries.length === 0 ? empty('Nothing is set: every resource group has weight 1.') : html`
  <table>
    <caption class="hidden">Entries of the policy</caption>
    <thead>
      <tr>
        <th scope="col">Entry</th><th scope="col">Set</th><th scope="col">By</th>
        <th scope="col" class="wide">Since</th><th scope="col" class="wide">Reason</th>
      </tr>
    </thead>
    <tbody>${entries.map(entry => row(entry, now))}</tbody>
  </table>`);

function row({ key, fields, by, reason, at_ms }, now) {
  const group = key.startsWith('group/') ? key.slice('group/'.length) : null;
  return html`
    <tr>
      <th scope="row">${group === null ? key : html`<a class="id" href=${jobsHref({ group })}>${key}</a>`}</th>
      <td>${fields.map(({ name, value }) => `${name} ${value}`).join(', ')}</td>
      <td class="reason">${by}</td>
      <td class="wide">${time(at_ms, now)}</td>
      <td class="reason wide">${reason}</td>
    </tr>`;
}
