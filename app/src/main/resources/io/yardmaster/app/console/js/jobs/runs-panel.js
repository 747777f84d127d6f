import { html } from '../html.js';
import { count } from '../format.js';
import { empty, panel } from '../parts/panel.js';

export function runsPanel({ runs, buffered_runs }) {
  const content = runs.length === 0 ? empty('No task is buffered.') : html`
    <table>
      <caption class="hidden">Its queue, in the order in which tasks are offered</caption>
      <thead>
        <tr><th scope="col">Tasks</th><th scope="col" class="n">Count</th><th scope="col" class="n">Attempt</th></tr>
      </thead>
      <tbody>
        ${runs.map(({ first, count: n, attempt }) => html`
          <tr>
            <th scope="row">${n === 1 ? count(first) : `${count(first)} to ${count(first + n - 1)}`}</th>
            <td class="n">${count(n)}</td>
            <td class="n">${count(attempt)}</td>
          </tr>`)}
      </tbody>
    </table>`;
  const more = buffered_runs > runs.length ? `the first ${count(runs.length)} of ${count(buffered_runs)} runs` : '';
  return panel('runs', 'Its queue', 6, content, more);
}
