import { html, nothing } from '../html.js';
import { count } from '../format.js';

const unfolded = new Set();

/**
 * The first `most` of a list, or all of it once `more` has been pressed. A longer list may be sorted by `order` before.
 */
export function fold(id, items, most, order = null) {
  const open = unfolded.has(id);
  const ordered = order !== null && items.length > most ? items.toSorted(order) : items;
  return {
    shown: open ? ordered : ordered.slice(0, most),
    more: items.length <= most ? nothing : html`
      <button type="button" class="more" aria-expanded=${open} @click=${() => toggle(id)}>
        ${open ? `Show the first ${count(most)} only` : `Show all ${count(items.length)}`}
      </button>`,
  };
}

function toggle(id) {
  if (!unfolded.delete(id)) {
    unfolded.add(id);
  }
  dispatchEvent(new Event('redraw'));
}
