import { html, nothing } from '../html.js';

/** A part of a page with its heading. `aside` stands beside the heading; `width` is how many of twelve columns it takes. */
export const panel = (id, heading, width, content, aside = nothing) => html`
  <section class="panel span-${width}" aria-labelledby=${id}>
    <div class="head"><h2 id=${id}>${heading}</h2><div class="aside">${aside}</div></div>
    ${content}
  </section>`;

export const empty = text => html`<p class="empty">${text}</p>`;
