import { html } from '../html.js';
import { count, NONE, ranges } from '../format.js';
import { badge } from '../parts/badge.js';
import { fold } from '../parts/fold.js';
import { empty, panel } from '../parts/panel.js';

const MEMBERS_AT_FIRST = 8;

export function fleetPanel({ group }) {
  const { shown, more } = fold('fleet', group.members, MEMBERS_AT_FIRST, (a, b) => (b.lag ?? 0) - (a.lag ?? 0));
  const content = group.members.length === 0 ? empty('No execution manager is in the group.') : html`
    <table>
      <caption class="hidden">Members of the group ${group.id}</caption>
      <thead>
        <tr>
          <th scope="col">Member</th><th scope="col" class="wide">Host</th><th scope="col">Partitions</th>
          <th scope="col" class="n">Lag</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(({ id, client_id, host, partitions, lag }) => html`
          <tr>
            <th scope="row" class="text" title=${id}>${client_id}</th>
            <td class="text wide">${host.replace(/^\//, '')}</td>
            <td>${partitions.length > 0 ? ranges(partitions) : NONE}</td>
            <td class="n">${count(lag)}</td>
          </tr>`)}
      </tbody>
    </table>
    ${more}`;
  return panel('fleet', 'Execution managers', 6, content, html`
    ${group.type} group ${group.id}, lag ${count(group.lag)} ${badge(group.state)}`);
}
