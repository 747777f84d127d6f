import { html, nothing } from '../html.js';
import { count } from '../format.js';
import { taskRange } from '../graph/stage-detail.js';
import { stateOf } from '../graph/states.js';
import { bar } from '../parts/bar.js';
import { panel } from '../parts/panel.js';

const ROWS = 50;

/** The stages of the job's graph as a table, some at a time. */
export class StagesPanel {
  #from = 0;
  #redraw;

  constructor(redraw) {
    this.#redraw = redraw;
  }

  view({ graph }) {
    if (graph === null) {
      return nothing;
    }
    const { page } = graph;
    const from = Math.min(this.#from, Math.floor((page.length - 1) / ROWS) * ROWS);
    const to = Math.min(page.length, from + ROWS);
    return panel('stages', 'Its stages', 12, html`
      <table>
        <caption class="hidden">The stages of its graph, in their order</caption>
        <thead>
          <tr>
            <th scope="col">Stage</th><th scope="col">State</th><th scope="col" class="n wide">Tasks</th>
            <th scope="col" class="n">Succeeded</th><td class="bars wide"></td><th scope="col" class="n">Failed</th>
          </tr>
        </thead>
        <tbody>${page.slice(from, to).map(stageRow)}</tbody>
      </table>
      ${page.length <= ROWS ? nothing : html`
        <p class="pager">
          <button type="button" ?disabled=${from === 0} @click=${() => this.#go(from - ROWS)}>Previous stages</button>
          <span>${count(from + 1)} to ${count(to)} of ${count(page.length)}</span>
          <button type="button" ?disabled=${to === page.length} @click=${() => this.#go(to)}>Next stages</button>
        </p>`}`);
  }

  #go(from) {
    this.#from = Math.max(0, from);
    this.#redraw();
  }
}

const stageRow = ({ name, first_task, tasks, why, succeeded, failed }) => html`
  <tr>
    <th scope="row" class="text">${name}</th>
    <td class="text"><span class="badge ${stateOf(why.code).tone}">${stateOf(why.code).word}</span>
      ${why.text === stateOf(why.code).word ? nothing : html`<span class="muted">${why.text}</span>`}</td>
    <td class="n wide">${taskRange(first_task, tasks)}</td>
    <td class="n">${count(succeeded)}</td>
    <td class="bars wide">${bar(succeeded, tasks)}</td>
    <td class="n">${count(failed)}</td>
  </tr>`;
