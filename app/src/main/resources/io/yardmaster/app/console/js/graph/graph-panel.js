import { html, nothing } from '../html.js';
import { count, counted } from '../format.js';
import { panel } from '../parts/panel.js';
import { problem } from '../parts/problem.js';
import { drawing } from './drawing.js';
import { Layout } from './layout.js';
import { stageDetail } from './stage-detail.js';
import { STATES } from './states.js';

/** Narrower pages are drawn from top to bottom. */
const NARROW = matchMedia('(max-width: 640px)');

/** The drawing of a job's graph: the whole of it, or the stages of one box that was opened. */
export class GraphPanel {
  #layout;
  #redraw;
  /** The boxes that were opened, the one in the other. */
  #opened = [];
  #current = 0;
  #pressed = null;
  #edges = { of: null, inputs: [] };

  constructor(redraw) {
    this.#redraw = redraw;
    this.#layout = new Layout(redraw);
  }

  /** `expected` is whether there certainly is a graph. */
  view({ graph, failures, error }, expected, now) {
    if (graph === null) {
      const instead = error ? problem(error) : html`<p class="wait">Asking for its graph…</p>`;
      return error || expected ? panel('graph', 'Its graph', 12, instead) : nothing;
    }
    const inner = this.#opened.at(-1);
    this.#layout.show(`${graph.page.length} ${this.#opened.map(({ id }) => id).join(' ')}`, this.#inputs(graph.page, inner), !NARROW.matches);
    const { result, failed } = this.#layout;
    const chosen = this.#pressed === null ? undefined : graph.page[this.#pressed];
    return panel('graph', 'Its graph', 12, html`
      ${error ? problem(error) : nothing}
      ${graph.failure === '' ? nothing : html`<p class="problem">${ENDS[graph.state] ?? 'It fails'}: ${graph.failure}.</p>`}
      ${this.#trail()}
      ${result ? drawing(result, graph.page, this.#handlers()) : failed
        ? html`<p class="empty">The graph could not be drawn. The table below has its stages.</p>`
        : html`<p class="wait">Drawing ${counted(inner?.members.length ?? graph.page.length, 'stage')}…</p>`}
      ${result ? legend() : nothing}
      ${chosen ? stageDetail(chosen, graph.page, failures?.failures ?? [], now) : nothing}`, aside(graph));
  }

  #handlers() {
    return {
      current: this.#current,
      pressed: this.#pressed,
      press: box => (box.kind === 'stage' ? this.#choose(box.members[0]) : this.#open(box)),
      go: place => {
        this.#current = place;
        this.#redraw();
      },
    };
  }

  #choose(number) {
    this.#pressed = this.#pressed === number ? null : number;
    this.#redraw();
  }

  #open({ members }) {
    this.#look([...this.#opened, { members, id: `${members[0]}+${members.length}` }]);
  }

  #look(opened) {
    this.#opened = opened;
    this.#current = 0;
    this.#pressed = null;
    this.#redraw();
    // The button that was pressed is gone, and the focus with it.
    setTimeout(() => document.getElementById('graph-trail')?.focus(), 0);
  }

  #trail() {
    return this.#opened.length === 0 ? nothing : html`
      <nav class="graph-trail" id="graph-trail" tabindex="-1" aria-label="Part of the graph">
        <button type="button" @click=${() => this.#look([])}>Whole graph</button>
        ${this.#opened.map((part, depth) => (depth === this.#opened.length - 1
          ? html`<span aria-current="true">${counted(part.members.length, 'stage')}</span>`
          : html`<button type="button" @click=${() => this.#look(this.#opened.slice(0, depth + 1))}>${counted(part.members.length, 'stage')}</button>`))}
      </nav>`;
  }

  /** What the layout needs of the stages, made once for as many of them. */
  #inputs(page, inner) {
    const of = `${page.length} ${inner?.id}`;
    if (this.#edges.of !== of) {
      const shown = inner ? inner.members.map(number => page[number]) : page;
      this.#edges = { of, inputs: shown.map(({ number, after }) => ({ number, before: after.map(({ stage }) => stage) })) };
    }
    return this.#edges.inputs;
  }
}

const ENDS = { failed: 'It has failed', 'cleaning-up': 'It has failed' };

const aside = ({ state, paused, stages, open_stages, page }) =>
  `${paused ? 'paused, ' : ''}${ENDED.has(state) ? state : `${count(open_stages)} of ${count(stages)} not ended`}${
    page.length < stages ? `; the first ${count(page.length)} here` : ''}`;

const ENDED = new Set(['succeeded', 'failed', 'cancelled']);

const legend = () => html`
  <div class="graph-legend">
    <ul aria-label="States of stages">
      ${Object.values(STATES).map(({ word, tone }) => html`<li><span class="stage ${tone}" aria-hidden="true"></span>${word}</li>`)}
    </ul>
    <p class="muted">A box with a double edge stands for several stages, and opens. Arrow keys go from box to box.</p>
  </div>`;
