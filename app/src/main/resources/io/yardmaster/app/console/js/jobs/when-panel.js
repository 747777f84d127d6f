import { html, nothing } from '../html.js';
import { count, duration, time } from '../format.js';
import { get } from '../api.js';
import { panel } from '../parts/panel.js';
import { problem } from '../parts/problem.js';

const WAITING = ['active', 'pending', 'parked', 'paused'];

/** The reasons of jobs whose tasks were dispatched and have no hosts. */
const FOR_HOSTS = ['host', 'gang'];

/** An estimate of when the job starts, which is made when somebody asks for it. */
export class WhenPanel {
  #path;
  #redraw;
  #answer = null;
  #error = null;
  #asking = false;

  constructor(job, redraw) {
    this.#path = `jobs/${encodeURIComponent(job)}/when`;
    this.#redraw = redraw;
  }

  view(job, now) {
    if (!WAITING.includes(job.state) && !FOR_HOSTS.includes(job.why.code)) {
      return nothing;
    }
    return panel('when', 'When will it start?', 12, html`
      <div aria-live="polite" aria-busy=${this.#asking}>
        ${this.#error ? problem(this.#error) : nothing}
        ${this.#answer === null ? nothing : answer(this.#answer)}
      </div>
      <button type="button" class="more" @click=${() => this.#ask()}>
        ${this.#asking ? 'Estimating…' : this.#answer === null ? 'Estimate' : 'Estimate again'}
      </button>`,
    this.#answer === null ? nothing : `as of ${time(this.#answer.at_ms, now)}`);
  }

  async #ask() {
    if (this.#asking) {
      return;
    }
    this.#asking = true;
    this.#redraw();
    try {
      this.#answer = await get(this.#path);
      this.#error = null;
    } catch (error) {
      this.#answer = null;
      this.#error = error;
    } finally {
      this.#asking = false;
    }
    this.#redraw();
  }
}

const answer = ({ sentence, depends_on, stages, notes, draws }) => html`
  <p class="answer">${sentence}</p>
  <ul class="depends">${depends_on.map(text => html`<li>${text}</li>`)}</ul>
  ${stages.length === 0 ? nothing : html`
    <table>
      <caption class="hidden">Estimated starts of the stages, from now</caption>
      <thead>
        <tr>
          <th scope="col">Stage</th><th scope="col" class="n">About</th><th scope="col" class="n">From</th><th scope="col" class="n">To</th>
          <th scope="col" class="wide">After</th>
        </tr>
      </thead>
      <tbody>${stages.map(row)}</tbody>
    </table>`}
  <ul class="notes">
    ${notes.map(text => html`<li>${text}</li>`)}
    <li>${draws === 1
    ? '1 course of the future was drawn'
    : `${count(draws)} courses of the future were drawn; 8 of 10 lie between “from” and “to”`}</li>
  </ul>`;

const row = ({ stage, start, after }) => html`
  <tr>
    <th scope="row" class="text">${stage}</th>
    <td class="n">${duration(start?.p50_ms)}</td>
    <td class="n">${duration(start?.p10_ms)}</td>
    <td class="n">${duration(start?.p90_ms)}</td>
    <td class="text wide">${after.join(', ')}</td>
  </tr>`;
