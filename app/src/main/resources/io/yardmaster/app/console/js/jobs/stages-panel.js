import { html, nothing } from '../html.js';
import { count } from '../format.js';
import { badge } from '../parts/badge.js';
import { bar } from '../parts/bar.js';
import { panel } from '../parts/panel.js';

/** The stages of the job's graph, as long as it has not ended. */
export function stagesPanel(graph) {
  if (graph === null) {
    return nothing;
  }
  const { stages, open_stages, failure, first } = graph;
  const more = first.length < stages ? `, the first ${count(first.length)} here` : '';
  return panel('stages', 'Its stages', 12, html`
    ${failure === '' ? nothing : html`<p class="problem">It fails: ${failure}.</p>`}
    <table>
      <caption class="hidden">The stages of its graph, in their order</caption>
      <thead>
        <tr>
          <th scope="col">Stage</th><th scope="col">State</th><th scope="col" class="n wide">Tasks</th>
          <th scope="col" class="n">Succeeded</th><td class="bars wide"></td><th scope="col" class="n">Failed</th>
        </tr>
      </thead>
      <tbody>${first.map(stageRow)}</tbody>
    </table>`, `${count(open_stages)} of ${count(stages)} not ended${more}`);
}

const stageRow = ({ name, first_task, tasks, state, waits_for, succeeded, failed }) => html`
  <tr>
    <th scope="row" class="text">${name}</th>
    <td>${badge(state)} ${waits_for === 0 ? nothing : html`<span class="muted">waits for ${count(waits_for)} ${waits_for === 1 ? 'stage' : 'stages'}</span>`}</td>
    <td class="n wide">${tasks === 1 ? count(first_task) : `${count(first_task)} to ${count(first_task + tasks - 1)}`}</td>
    <td class="n">${count(succeeded)}</td>
    <td class="bars wide">${bar(succeeded, tasks)}</td>
    <td class="n">${count(failed)}</td>
  </tr>`;
