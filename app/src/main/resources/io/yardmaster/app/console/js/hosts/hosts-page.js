import { html, nothing } from '../html.js';
import { Fetched } from '../fetched.js';
import { counted, duration } from '../format.js';
import { pager } from '../parts/pager.js';
import { empty } from '../parts/panel.js';
import { problem } from '../parts/problem.js';
import { hostsTable } from './hosts-table.js';
import { resourcesTable } from './resources-table.js';

const PAGE_SIZE = 100;

/** The pools that place tasks on hosts, or one of them with its hosts. */
export class HostsPage {
  section = '#/hosts';
  title;
  #pool;
  #query;
  #fetched;

  constructor(pool, query, redraw) {
    this.title = pool === undefined ? 'Hosts' : `Hosts of ${pool}`;
    this.#pool = pool;
    this.#query = query;
    this.#fetched = pool === undefined
      ? new Fetched('hosts', {}, redraw)
      : new Fetched(`hosts/${encodeURIComponent(pool)}`, { after: query.after, limit: PAGE_SIZE }, redraw);
  }

  refresh() {
    this.#fetched.refresh();
  }

  view() {
    const { data, error } = this.#fetched;
    return html`
      <h1>${this.title}</h1>
      <p class="lead">Machines on which the scheduler places the tasks of pools with <code>placement=hosts</code>, by what they have and what tasks need.</p>
      ${error ? problem(error) : nothing}
      ${data ? this.#content(data) : error ? nothing : html`<p class="wait">Asking for hosts…</p>`}`;
  }

  #content(data) {
    if (this.#pool === undefined) {
      return data.pools.length === 0
        ? empty('No pool places tasks on hosts, or none has hosts.')
        : data.pools.map(pool => html`<h2><a href=${poolHref(pool.pool)}>${pool.pool}</a></h2>${summary(pool)}`);
    }
    return html`
      ${summary(data.pool)}
      ${hostsTable(data.page)}
      ${pager({ page: this.#query.page, next: data.next, href: place => poolHref(this.#pool, place) })}`;
  }
}

const summary = ({ hosts, silent_hosts, overbooked_hosts, placed_tasks, waiting_tasks, blocked_ms, resources }) => html`
  <p>
    ${counted(hosts, 'host')}${silent_hosts === 0 ? '' : `, ${counted(silent_hosts, 'silent one')}`}${overbooked_hosts === 0 ? '' : `, ${counted(overbooked_hosts, 'overbooked one')}`};
    ${counted(placed_tasks, 'task')} on them, ${counted(waiting_tasks, 'task')} without a host${blocked_ms === 0 ? '' : `; the first that does not fit has had hosts reserved for ${duration(blocked_ms)}`}.
  </p>
  ${resourcesTable(resources)}`;

const poolHref = (pool, place = {}) => `#/hosts/${encodeURIComponent(pool)}${place.after ? `?${new URLSearchParams(place)}` : ''}`;
