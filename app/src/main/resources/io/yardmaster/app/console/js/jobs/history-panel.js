import { html } from '../html.js';
import { time } from '../format.js';
import { empty, panel } from '../parts/panel.js';

export function historyPanel({ history }, now) {
  const content = history.length === 0 ? empty('Nothing yet.') : html`
    <ol class="history" reversed>
      ${history.toReversed().map(({ at_ms, what, detail }) => html`
        <li><time datetime=${new Date(at_ms).toISOString()}>${time(at_ms, now)}</time> <b>${what}</b> <span>${detail}</span></li>`)}
    </ol>`;
  return panel('history', 'History', 12, content, 'newest first; its turns and dropped events since its instance opened the shard');
}
