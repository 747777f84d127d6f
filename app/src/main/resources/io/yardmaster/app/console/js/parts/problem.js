import { html } from '../html.js';

/** Why something asked for is not there, in place of it or above what is older. */
export const problem = error => html`<p class="problem" role="alert">${error.message}</p>`;
