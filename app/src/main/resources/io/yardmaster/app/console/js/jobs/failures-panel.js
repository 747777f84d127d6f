import { html, nothing } from '../html.js';
import { count, time } from '../format.js';
import { get } from '../api.js';
import { panel } from '../parts/panel.js';
import { problem } from '../parts/problem.js';

/** The tasks of the job's graph that have failed, and why; more of them when asked for. */
export class FailuresPanel {
  #path;
  #redraw;
  #more = [];
  #next = null;
  #error = null;
  #asking = false;

  constructor(job, redraw) {
    this.#path = `jobs/${encodeURIComponent(job)}/failures`;
    this.#redraw = redraw;
  }

  view({ graph, failures }, now) {
    if (graph === null || failures === null || failures.failures.length === 0) {
      return nothing;
    }
    const shown = [...failures.failures, ...(failures.next === null ? [] : this.#more)];
    const next = this.#more.length === 0 ? failures.next : this.#next;
    return panel('failures', 'Failed tasks', 12, html`
      ${this.#error ? problem(this.#error) : nothing}
      <table>
        <caption class="hidden">Tasks whose latest attempt that ended did not succeed</caption>
        <thead>
          <tr>
            <th scope="col">Task</th><th scope="col">Stage</th><th scope="col" class="n">Attempt</th>
            <th scope="col" class="wide">When</th><th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>${shown.map(failure => row(failure, now))}</tbody>
      </table>
      ${next === null ? nothing : html`<button type="button" class="more" @click=${() => this.#ask(next)}>Show more</button>`}`,
    `${count(shown.length)} of ${count(Math.max(shown.length, graph.failed_tasks))}`);
  }

  async #ask(after) {
    if (this.#asking) {
      return;
    }
    this.#asking = true;
    try {
      const page = await get(this.#path, { after });
      this.#more.push(...page.failures);
      this.#next = page.next;
      this.#error = null;
    } catch (error) {
      this.#error = error;
    } finally {
      this.#asking = false;
    }
    this.#redraw();
  }
}

const row = ({ task, stage_name, attempt, killed, ended_at_ms, reason, last }, now) => html`
  <tr>
    <th scope="row">${count(task)}</th>
    <td class="text">${stage_name}</td>
    <td class="n">${count(attempt + 1)}</td>
    <td class="at wide">${time(ended_at_ms, now)}</td>
    <td class="reason">${killed ? 'killed' : 'failed'}${last ? '' : ', and is tried again'}${reason === '' ? nothing : html`: ${reason}`}</td>
  </tr>`;
