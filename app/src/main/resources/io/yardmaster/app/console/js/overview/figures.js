import { html, nothing } from '../html.js';
import { counted, duration, NONE, rate, short } from '../format.js';
import { bar } from '../parts/bar.js';
import { jobsHref } from '../routes.js';

export function figures({ totals, rates, window, gates, settings, lanes: shards }) {
  const now = rates.at(-1);
  const waited = rates.findLast(({ waiting_p50_ms }) => waiting_p50_ms !== null);
  const places = settings.active_jobs * shards.filter(({ state }) => state === 'active').length;
  return html`
    <dl class="figures">
      ${figure('Dispatched', now ? rate(now.assignments_per_s) : NONE, 'per second')}
      ${figure('Waiting, p50', duration(waited?.waiting_p50_ms), `p99 ${duration(waited?.waiting_p99_ms)}`)}
      ${figure('Outstanding', short(window.used), `of ${short(window.capacity)}`, bar(window.used, window.capacity))}
      ${figure('In rotation', short(totals.active_jobs), `of ${short(places)} places`, nothing, jobsHref({ state: 'active' }))}
      ${figure('Pending', short(totals.pending_jobs), 'jobs', nothing, jobsHref({ state: 'pending' }))}
      ${totals.paused_jobs === 0 ? nothing : figure('Paused', short(totals.paused_jobs), `jobs, ${counted(totals.paused_tasks, 'task')}`, nothing, jobsHref({ state: 'paused' }))}
      ${figure('Buffered', short(totals.buffered_tasks), 'tasks')}
      ${totals.parked_tasks === 0 ? nothing : figure('At limits', short(totals.parked_tasks), 'tasks wait', nothing, '#/policy')}
      ${totals.ended.failed === 0 ? nothing : figure('Failed', short(totals.ended.failed), `of ${short(ended(totals.ended))} ended`)}
      ${totals.refused_tasks === 0 ? nothing : figure('Refused', short(totals.refused_tasks), 'tasks wait')}
      ${figure('Gates', short(gates.count), gateTasks(gates), nothing, jobsHref({ state: 'finalizing' }))}
      ${figure('Dead letters', short(totals.dead_letters), 'events', nothing, '#/dead-letters')}
    </dl>`;
}

const figure = (name, value, unit, extra = nothing, href = null) => html`
  <div>
    <dt>${href ? html`<a href=${href}>${name}</a>` : name}</dt>
    <dd><span class="value">${value}</span> <span class="unit">${unit}</span>${extra}</dd>
  </div>`;

const ended = ({ succeeded, failed, killed }) => succeeded + failed + killed;

const gateTasks = ({ waiting_commits, waiting_cleanups }) => `${counted(waiting_commits + waiting_cleanups, 'task')} to go`;
