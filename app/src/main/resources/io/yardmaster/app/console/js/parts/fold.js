import { html, nothing } from '../html.js';
import { count } from '../format.js';

const unfolded = new Set();

/** The first `most` of a list, or all of it once `more` has been pressed. */
export function fold(id, items, most) {
  const open = unfolded.has(id);
  return {
    shown: open ? items : items.slice(0, most),
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
