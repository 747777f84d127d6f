import { html, nothing } from '../html.js';
import { count } from '../format.js';
import { bar } from '../parts/bar.js';
import { jobsHref } from '../routes.js';
import { limitName } from './limit-name.js';

const MOST_ROWS = 100;

/** The limits with their use, those for which most tasks wait first. */
export const limitsTable = limits => (limits.length === 0 ? nothing : html`
  <h2>Limits and pools</h2>
  <p><a href=${jobsHref({ state: 'parked' })}>Jobs that wait for limits</a></p>
  <table class="limits">
    <caption class="hidden">Limits and pools, and what is in use of them</caption>
    <thead>
      <tr>
        <th scope="col">Limit</th><th scope="col" class="n">In use</th><th scope="col" class="n">Of</th>
        <td class="bars wide"></td><th scope="col" class="n">Tasks wait</th><th scope="col" class="wide">Held most by groups</th>
      </tr>
    </thead>
    <tbody>${limits.slice(0, MOST_ROWS).map(row)}</tbody>
  </table>
  ${limits.length <= MOST_ROWS ? nothing : html`<p class="muted">and ${count(limits.length - MOST_ROWS)} more</p>`}`);

function row({ limit, capacity, used, reserved, parked, holders, obstacle }) {
  return html`
    <tr>
      <th scope="row">${limitName(limit)}${obstacle === null ? nothing : html` <span class="muted">(${obstacle})</span>`}</th>
      <td class="n">${count(used + reserved)}</td>
      <td class="n">${count(capacity)}</td>
      <td class="bars wide">${bar(used + reserved, capacity)}</td>
      <td class="n">${count(parked)}</td>
      <td class="wide">${holders.map(({ group, units }, i) => html`${i === 0 ? '' : ', '}<a class="id" href=${jobsHref({ group })}>${group}</a>: ${count(units)}`)}</td>
    </tr>`;
}
