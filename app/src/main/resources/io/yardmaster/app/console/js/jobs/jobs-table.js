import { html, nothing, repeat } from '../html.js';
import { count, duration, NONE, percent } from '../format.js';
import { badge } from '../parts/badge.js';
import { bar } from '../parts/bar.js';
import { jobLink } from '../parts/job-link.js';
import { empty } from '../parts/panel.js';
import { jobsHref } from '../routes.js';

export const jobsTable = (jobs, now) => (jobs.length === 0 ? empty('No such job.') : html`
  <table class="jobs">
    <caption class="hidden">Jobs, shard by shard, in the order in which they are served</caption>
    <thead>
      <tr>
        <th scope="col">Job</th><th scope="col">State</th><th scope="col" class="n">Before it</th>
        <th scope="col" class="n wide">Buffered</th><th scope="col" class="n wide">Assigned</th>
        <th scope="col" class="n wide">Done</th><td class="bars wide"></td>
        <th scope="col" class="n">Waits</th><th scope="col" class="n wide">Group</th><th scope="col" class="n wide">Shard</th>
      </tr>
    </thead>
    <tbody>${repeat(jobs, ({ job }) => job, job => row(job, now))}</tbody>
  </table>`);

function row({ job, state, position, buffered_tasks, assignments, ready_since_ms, group, lane: shard, priority }, now) {
  const known = assignments === null ? 0 : assignments + buffered_tasks;
  return html`
    <tr>
      <th scope="row">${jobLink(job)}</th>
      <td>${badge(state)}${priority === 0 ? nothing : html` <span class="muted">priority ${priority}</span>`}</td>
      <td class="n">${count(position)}</td>
      <td class="n wide">${count(buffered_tasks)}</td>
      <td class="n wide">${count(assignments)}</td>
      <td class="n wide">${percent(assignments ?? 0, known)}</td>
      <td class="bars wide">${bar(assignments ?? 0, known)}</td>
      <td class="n">${ready_since_ms === null ? NONE : duration(Math.max(0, now - ready_since_ms))}</td>
      <td class="n wide"><a class="id" href=${jobsHref({ group })}>${group}</a></td>
      <td class="n wide">${shard}</td>
    </tr>`;
}
