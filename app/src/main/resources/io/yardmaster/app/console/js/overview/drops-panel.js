import { html } from '../html.js';
import { count } from '../format.js';
import { bar } from '../parts/bar.js';
import { empty, panel } from '../parts/panel.js';

const MEANINGS = {
  duplicate: 'known already',
  finalizing: 'of a finalizing job',
  discarded: 'buffered when its job was finalized',
  'old-session': 'of an older session',
  'wrong-group': 'names another group',
  'has-graph': 'of storage, but the job has a graph',
};

export function dropsPanel({ totals }) {
  const drops = Object.entries(totals.drops_by_reason).filter(([, n]) => n > 0).sort(([, a], [, b]) => b - a);
  const most = Math.max(...drops.map(([, n]) => n));
  const content = drops.length === 0 ? empty('Nothing has been dropped.') : html`
    <table>
      <caption class="hidden">Tasks dropped, by reason</caption>
      <thead><tr><th scope="col">Reason</th><th scope="col" class="n">Tasks</th><td class="bars"></td></tr></thead>
      <tbody>
        ${drops.map(([reason, n]) => html`
          <tr>
            <th scope="row" class="text">${MEANINGS[reason] ?? reason}</th>
            <td class="n">${count(n)}</td>
            <td class="bars">${bar(n, most)}</td>
          </tr>`)}
      </tbody>
    </table>`;
  return panel('drops', 'Dropped', 6, content, 'since the instances opened their shards');
}
