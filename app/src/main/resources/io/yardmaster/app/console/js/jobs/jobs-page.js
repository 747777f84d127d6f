import { html, nothing } from '../html.js';
import { Fetched } from '../fetched.js';
import { jobsHref } from '../routes.js';
import { pager } from '../parts/pager.js';
import { problem } from '../parts/problem.js';
import { jobsFilter } from './jobs-filter.js';
import { jobsTable } from './jobs-table.js';

const PAGE_SIZE = 100;

/** One page of the list of jobs; its filters and its place are in the address. */
export class JobsPage {
  section = '#/jobs';
  title = 'Jobs';
  #query;
  #jobs;

  constructor(query, redraw) {
    const { state, group, lane, after } = query;
    this.#query = query;
    this.#jobs = new Fetched('jobs', { state, group, lane, after, limit: PAGE_SIZE }, redraw);
  }

  refresh() {
    this.#jobs.refresh();
  }

  view(overview, now) {
    const { data, error } = this.#jobs;
    const { state, group, lane, page } = this.#query;
    return html`
      <h1>Jobs</h1>
      ${jobsFilter(this.#query, overview)}
      ${error ? problem(error) : nothing}
      ${data ? jobsTable(data.jobs, now) : error ? nothing : html`<p class="wait">Asking for jobs…</p>`}
      ${data ? pager({ page, next: data.next, href: place => jobsHref({ state, group, lane, ...place }) }) : nothing}`;
  }
}
