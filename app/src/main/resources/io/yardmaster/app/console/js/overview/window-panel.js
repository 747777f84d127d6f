import { html } from '../html.js';
import { count, duration, NONE } from '../format.js';
import { bar } from '../parts/bar.js';
import { fold } from '../parts/fold.js';
import { empty, panel } from '../parts/panel.js';

const PARTITIONS_AT_FIRST = 8;

export function windowPanel({ window }) {
  const { shown, more } = fold('window', window.partitions, PARTITIONS_AT_FIRST, (a, b) => b.used - a.used);
  const scale = Math.max(window.capacity / window.partitions.length, ...window.partitions.map(({ used }) => used));
  const content = window.partitions.length === 0 ? empty('No dispatch partition is known yet.') : html`
    <table>
      <caption class="hidden">Outstanding assignments, by dispatch partition</caption>
      <thead>
        <tr><th scope="col">Partition</th><th scope="col">Read by</th><th scope="col" class="n">Outstanding</th><td class="bars"></td></tr>
      </thead>
      <tbody>
        ${shown.map(({ partition, used, owner }) => html`
          <tr>
            <th scope="row">${partition}</th>
            <td class="text">${owner ?? html`<span class="muted">${NONE}</span>`}</td>
            <td class="n">${count(used)}</td>
            <td class="bars">${bar(used, scale)}</td>
          </tr>`)}
      </tbody>
    </table>
    ${more}`;
  return panel('window', 'Window by partition', 6, content, freshness(window));
}

function freshness({ fresh, age_ms, breaker }) {
  if (age_ms === null) {
    return html`<span class="bad">offsets not read yet</span>`;
  }
  const good = fresh && breaker === 'closed';
  return html`<span class=${good ? '' : 'bad'}>offsets ${duration(age_ms)} old${breaker === 'closed' ? '' : ', reading them fails'}</span>`;
}
