import { html, nothing } from '../html.js';

/**
 * First and next page. The server gives a cursor for the page that follows and none for the one before; the browser's way
 * back leads there. `href` makes the address of a page out of its number and cursor.
 */
export function pager({ page, next, href }) {
  const number = Number(page ?? 1) || 1;
  if (number === 1 && !next) {
    return nothing;
  }
  return html`
    <nav class="pager" aria-label="Pages of this list">
      ${number > 1 ? html`<a href=${href({})}>First page</a>` : nothing}
      <span>Page ${number}</span>
      ${next ? html`<a href=${href({ page: number + 1, after: next })}>Next page</a>` : html`<span class="muted">the last</span>`}
    </nav>`;
}
