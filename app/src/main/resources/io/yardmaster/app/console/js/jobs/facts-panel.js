import { html, nothing } from '../html.js';
import { count, duration, NONE, percent, time } from '../format.js';
import { bar } from '../parts/bar.js';
import { panel } from '../parts/panel.js';
import { jobsHref } from '../routes.js';

export function factsPanel(job, overview, now) {
  const { group, lane: shard, position, buffered_tasks, assignments, ended, session, ready_since_ms, latest_event_ms, priority, waiting } = job;
  const known = assignments === null ? 0 : assignments + buffered_tasks;
  const instance = overview?.lanes.find(({ partition }) => partition === shard)?.instance;
  return panel('facts', 'The job', 6, html`
    <dl class="facts">
      ${fact('Resource group', group === null ? NONE : html`<a class="id" href=${jobsHref({ group })}>${group}</a>`)}
      ${fact('Shard', shard === null ? NONE : html`<a href=${jobsHref({ lane: shard })}>${shard}</a>${instance ? html` <span class="muted">on ${instance}</span>` : nothing}`)}
      ${priority === 0 ? nothing : fact('Priority', priority)}
      ${fact('Before it', count(position))}
      ${fact('Buffered tasks', count(buffered_tasks))}
      ${fact('Assigned in this session', assignments === null ? NONE : html`
        ${count(assignments)} <span class="muted">${percent(assignments, known)} of its tasks so far</span> ${bar(assignments, known)}`)}
      ${endings(ended) === '' ? nothing : fact('Ended', endings(ended))}
      ${fact('Waits since', moment(ready_since_ms, now))}
      ${fact('Latest event', moment(latest_event_ms, now))}
      ${waiting.paused_since_ms === null ? nothing : fact('Paused since', moment(waiting.paused_since_ms, now))}
      ${waiting.gate_since_ms === null ? nothing : fact('Gate since', moment(waiting.gate_since_ms, now))}
      ${waiting.gate_until_ms === null ? nothing : fact('Gate until about', time(waiting.gate_until_ms, now))}
      ${fact('Session', html`<span class="id">${session ?? NONE}</span>`)}
    </dl>`);
}

/** For instance "1,204 succeeded, 3 failed"; empty before the first outcome. */
const endings = (ended) => Object.entries(ended)
  .filter(([, number]) => number > 0)
  .map(([end, number]) => `${count(number)} ${end}`)
  .join(', ');

const fact = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const moment = (ms, now) => (ms === null ? NONE : html`
  ${time(ms, now)} <span class="muted">${duration(Math.max(0, now - ms))} ago</span>`);
