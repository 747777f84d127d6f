import { html, nothing } from '../html.js';
import { Fetched } from '../fetched.js';
import { GraphPanel } from '../graph/graph-panel.js';
import { Stages } from '../graph/stages.js';
import { badge } from '../parts/badge.js';
import { problem } from '../parts/problem.js';
import { factsPanel } from './facts-panel.js';
import { FailuresPanel } from './failures-panel.js';
import { historyPanel } from './history-panel.js';
import { runsPanel } from './runs-panel.js';
import { StagesPanel } from './stages-panel.js';
import { WhenPanel } from './when-panel.js';
import { whyPanel } from './why-panel.js';

/** One job: the reason why it waits, its graph, its buffered tasks, its history. */
export class JobPage {
  section = '#/jobs';
  #id;
  #job;
  #stages;
  #graphPanel;
  #stagesPanel;
  #failuresPanel;
  #whenPanel;

  constructor(id, redraw) {
    this.#id = id;
    // The graph of a job that is forgotten may still be known.
    this.#job = new Fetched(`jobs/${encodeURIComponent(id)}`, {}, () => {
      this.#askForStages();
      redraw();
    });
    this.#stages = new Stages(id, redraw);
    this.#graphPanel = new GraphPanel(redraw);
    this.#stagesPanel = new StagesPanel(redraw);
    this.#failuresPanel = new FailuresPanel(id, redraw);
    this.#whenPanel = new WhenPanel(id, redraw);
  }

  get title() {
    return `Job ${this.#id}`;
  }

  refresh() {
    this.#job.refresh();
  }

  #askForStages() {
    const { data, error } = this.#job;
    const forgotten = error?.status === 404;
    if (data?.graph || (forgotten && this.#stages.error === null)) {
      this.#stages.refresh();
    }
  }

  view(overview, now) {
    const { data: job, error } = this.#job;
    const parts = {
      graph: this.#graphPanel.view(this.#shown(), Boolean(job?.graph), now),
      stages: this.#stagesPanel.view(this.#stages),
      failures: this.#failuresPanel.view(this.#stages, now),
    };
    const name = job?.graph?.name || this.#stages.graph?.name;
    return html`
      <p class="trail"><a href="#/jobs">Jobs</a></p>
      <h1>Job <span class="id">${this.#id}</span> ${name ? html`<span class="name">${name}</span> ` : nothing}${job ? badge(job.state) : nothing}</h1>
      ${error ? problem(error) : nothing}
      ${job === null && !error ? html`<p class="wait">Asking for the job…</p>` : html`
        <div class="grid">
          ${job === null ? nothing : whyPanel(job)}
          ${job === null ? nothing : this.#whenPanel.view(job, now)}
          ${parts.graph}
          ${parts.failures}
          ${job === null ? nothing : factsPanel(job, overview, now)}
          ${job === null ? nothing : runsPanel(job)}
          ${parts.stages}
          ${job === null ? nothing : historyPanel(job, now)}
        </div>`}`;
  }

  /** That no graph is known of a job that is forgotten is no news. */
  #shown() {
    const { graph, failures, error } = this.#stages;
    return { graph, failures, error: error?.status === 404 ? null : error };
  }
}
