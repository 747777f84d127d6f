import { html } from '../html.js';
import { verdict } from '../verdict.js';

export function headline(overview) {
  const [first, ...others] = verdict(overview);
  return html`
    <section class="headline ${first.level}" aria-label="How things stand">
      <p class="first">${first.text}</p>
      ${others.map(({ level, text }) => html`<p class=${level}>${text}</p>`)}
    </section>`;
}
