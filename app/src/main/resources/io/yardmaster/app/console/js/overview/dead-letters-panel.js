import { html } from '../html.js';
import { counted } from '../format.js';
import { deadLetterHead, deadLetterRow } from '../parts/dead-letter-row.js';
import { empty, panel } from '../parts/panel.js';

const MOST = 5;

export function deadLettersPanel({ dead_letters, totals }, now) {
  const content = dead_letters.length === 0 ? empty('None: every event could be read and made sense.') : html`
    <table>
      <caption class="hidden">The latest dead letters</caption>
      ${deadLetterHead}
      <tbody>${dead_letters.slice(0, MOST).map(letter => deadLetterRow(letter, now))}</tbody>
    </table>`;
  const all = totals.dead_letters > 0 ? html`<a href="#/dead-letters">all ${counted(totals.dead_letters, 'dead letter')}</a>` : '';
  return panel('dead-letters', 'Dead letters', 12, content, all);
}
