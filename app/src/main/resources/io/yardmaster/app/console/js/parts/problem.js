import { html } from '../html.js';

/** The reason why data is missing, in place of it or above older data. */
export const problem = error => html`<p class="problem" role="alert">${error.message}</p>`;
