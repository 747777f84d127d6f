import { html } from '../html.js';
import { count, percent } from '../format.js';
import { bar } from '../parts/bar.js';
import { fold } from '../parts/fold.js';
import { empty, panel } from '../parts/panel.js';
import { jobsHref } from '../routes.js';

const GROUPS_AT_FIRST = 8;

export function groupsPanel({ groups }) {
  const { shown, more } = fold('groups', groups, GROUPS_AT_FIRST);
  const content = groups.length === 0 ? empty('No group has jobs.') : html`
    <table>
      <caption class="hidden">Resource groups with the most buffered tasks</caption>
      <thead>
        <tr>
          <th scope="col">Group</th><th scope="col" class="n">Active</th><th scope="col" class="n">Pending</th>
          <th scope="col" class="n">Buffered</th><th scope="col" class="n wide">Assigned</th>
          <th scope="col" class="n">Done</th><td class="bars wide"></td>
        </tr>
      </thead>
      <tbody>${shown.map(row)}</tbody>
    </table>
    ${more}`;
  return panel('groups', 'Resource groups', 6, content, 'largest backlog first');
}

function row({ group, active_jobs, pending_jobs, buffered_tasks, assignments }) {
  const known = assignments + buffered_tasks;
  return html`
    <tr>
      <th scope="row"><a class="id" href=${jobsHref({ group })}>${group}</a></th>
      <td class="n">${count(active_jobs)}</td>
      <td class="n">${count(pending_jobs)}</td>
      <td class="n">${count(buffered_tasks)}</td>
      <td class="n wide">${count(assignments)}</td>
      <td class="n">${percent(assignments, known)}</td>
      <td class="bars wide">${bar(assignments, known)}</td>
    </tr>`;
}
