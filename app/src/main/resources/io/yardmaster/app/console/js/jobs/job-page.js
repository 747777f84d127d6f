import { html, nothing } from '../html.js';
import { Fetched } from '../fetched.js';
import { badge } from '../parts/badge.js';
import { problem } from '../parts/problem.js';
import { factsPanel } from './facts-panel.js';
import { historyPanel } from './history-panel.js';
import { runsPanel } from './runs-panel.js';
import { stagesPanel } from './stages-panel.js';
import { whyPanel } from './why-panel.js';

/** One job: the reason why it waits, its stages, its buffered tasks, its history. */
export class JobPage {
  section = '#/jobs';
  #id;
  #job;

  constructor(id, redraw) {
    this.#id = id;
    this.#job = new Fetched(`jobs/${encodeURIComponent(id)}`, {}, redraw);
  }

  get title() {
    return `Job ${this.#id}`;
  }

  refresh() {
    this.#job.refresh();
  }

  view(overview, now) {
    const { data: job, error } = this.#job;
    return html`
      <p class="trail"><a href="#/jobs">Jobs</a></p>
      <h1>Job <span class="id">${this.#id}</span> ${job ? badge(job.state) : nothing}</h1>
      ${error ? problem(error) : nothing}
      ${job === null ? (error ? nothing : html`<p class="wait">Asking for the job…</p>`) : html`
        <div class="grid">
          ${whyPanel(job)}
          ${factsPanel(job, overview, now)}
          ${stagesPanel(job.graph)}
          ${runsPanel(job)}
          ${historyPanel(job, now)}
        </div>`}`;
  }
}
