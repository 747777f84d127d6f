import { html } from '../html.js';
import { shortId } from '../format.js';
import { jobHref } from '../routes.js';

export const jobLink = job => html`<a class="id" href=${jobHref(job)}>${job}</a>`;

/** For places where many stand side by side; the whole id is the title. */
export const shortJobLink = job => html`<a class="id" href=${jobHref(job)} title="Job ${job}">${shortId(job)}</a>`;
