import { html, nothing } from '../html.js';
import { Fetched } from '../fetched.js';
import { deadLetterHead, deadLetterRow } from '../parts/dead-letter-row.js';
import { pager } from '../parts/pager.js';
import { empty } from '../parts/panel.js';
import { problem } from '../parts/problem.js';

const PAGE_SIZE = 100;

/** Events that could not be read or made no sense, newest first. */
export class DeadLettersPage {
  section = '#/dead-letters';
  title = 'Dead letters';
  #query;
  #letters;

  constructor(query, redraw) {
    this.#query = query;
    this.#letters = new Fetched('dead-letters', { after: query.after, limit: PAGE_SIZE }, redraw);
  }

  refresh() {
    this.#letters.refresh();
  }

  view(overview, now) {
    const { data, error } = this.#letters;
    return html`
      <h1>Dead letters</h1>
      <p class="lead">Events that could not be read or made no sense. They stay in the dead-letter topic; the scheduler went on.</p>
      ${error ? problem(error) : nothing}
      ${data ? table(data.dead_letters, now) : error ? nothing : html`<p class="wait">Asking for dead letters…</p>`}
      ${data ? pager({ page: this.#query.page, next: data.next, href }) : nothing}`;
  }
}

const table = (letters, now) => (letters.length === 0 ? empty('None: every event could be read and made sense.') : html`
  <table class="letters">
    <caption class="hidden">Dead letters, newest first</caption>
    ${deadLetterHead}
    <tbody>${letters.map(letter => deadLetterRow(letter, now))}</tbody>
  </table>`);

const href = place => `#/dead-letters${place.after ? `?${new URLSearchParams(place)}` : ''}`;
