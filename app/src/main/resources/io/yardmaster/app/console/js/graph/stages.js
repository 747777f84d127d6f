import { get } from '../api.js';

/** The most stages that are asked for and drawn. */
export const MOST_STAGES = 2_000;

const PAGE_SIZE = 1_000;
const PAUSE_MS = 2_000;
const ENDS = new Set(['succeeded', 'failed', 'cancelled']);

/** The stages of a job's graph and its failed tasks, asked for again and again until the job has ended. */
export class Stages {
  #path;
  #changed;
  #asking = false;
  #nextAt = -Infinity;

  /** The first page with all pages' stages in it; null before it has come. */
  graph = null;
  failures = null;
  error = null;

  constructor(job, changed) {
    this.#path = `jobs/${encodeURIComponent(job)}`;
    this.#changed = changed;
  }

  get hasEnded() {
    return this.graph !== null && ENDS.has(this.graph.state);
  }

  async refresh() {
    if (this.#asking || this.hasEnded || performance.now() < this.#nextAt) {
      return;
    }
    this.#asking = true;
    const began = performance.now();
    try {
      const graph = await this.#pages();
      this.failures = graph.failed_tasks > 0 ? await get(`${this.#path}/failures`) : { failures: [], next: null };
      this.graph = graph;
      this.error = null;
    } catch (error) {
      this.error = error;
    } finally {
      this.#asking = false;
    }
    // What takes long to answer is asked for less often.
    this.#nextAt = performance.now() + PAUSE_MS + 4 * (performance.now() - began);
    this.#changed();
  }

  async #pages() {
    const first = await get(`${this.#path}/stages`, { limit: PAGE_SIZE });
    const stages = first.page;
    for (let next = first.next; next !== null && stages.length < MOST_STAGES;) {
      const page = await get(`${this.#path}/stages`, { after: next, limit: Math.min(PAGE_SIZE, MOST_STAGES - stages.length) });
      stages.push(...page.page);
      next = page.next;
    }
    return { ...first, page: stages };
  }
}
