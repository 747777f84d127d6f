import { html } from '../html.js';

/** A part of a whole, as a line. It repeats the number beside it. */
export function bar(part, of, tone = '') {
  const width = of > 0 ? Math.min(100, (100 * part) / of) : 0;
  return html`
    <svg class="bar ${tone}" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class="of" width="100" height="1"></rect>
      <rect class="part" width=${width} height="1"></rect>
    </svg>`;
}
