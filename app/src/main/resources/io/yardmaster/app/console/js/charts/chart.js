import { html, nothing } from '../html.js';
import { summary, tableRows } from './in-words.js';
import { empty } from '../parts/panel.js';
import './plot.js';

/**
 * A line chart of the same times for all series, with its figures in words and as a table.
 *
 * `series` are `{ name, tone, filled, values }` with null for gaps; `format` writes a value.
 */
export function chart(data) {
  const { name, series, format } = data;
  if (series.every(({ values }) => values.every(v => v === null))) {
    return empty('Nothing yet.');
  }
  return html`
    <div class="legend">
      ${series.map(({ name, tone, values }) => html`
        <span><i class=${tone}></i>${name} <b>${format(values.findLast(v => v !== null) ?? null)}</b></span>`)}
    </div>
    <ym-plot role="img" aria-label=${summary(data)} .data=${data}></ym-plot>
    <details class="as-table">
      <summary>As a table</summary>
      <table>
        <caption class="hidden">${name}</caption>
        <thead><tr><th scope="col">Time</th>${series.map(s => html`<th scope="col" class="n">${s.name}</th>`)}</tr></thead>
        <tbody>
          ${tableRows(data).map(({ at, values }) => html`
            <tr><th scope="row">${at}</th>${values.map(v => html`<td class="n">${v === null ? nothing : format(v)}</td>`)}</tr>`)}
        </tbody>
      </table>
    </details>`;
}
