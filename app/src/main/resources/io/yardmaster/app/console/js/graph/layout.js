/** A layout that takes longer is given up. */
const LONGEST_MS = 20_000;

/** The most boxes of a drawing. */
export const MOST_BOXES = 60;

export const BOX = { width: 176, height: 56 };

/** The layout of a graph, made once for each part of it that is looked at. */
export class Layout {
  #worker = null;
  #changed;
  #key = '';
  #timer = 0;
  #asked = 0;

  result = null;
  failed = false;

  constructor(changed) {
    this.#changed = changed;
  }

  /** Has these stages laid out, from left to right or from top to bottom, unless that is what `result` shows already. */
  show(key, stages, across) {
    const whole = `${key} ${across}`;
    if (this.#key === whole) {
      return;
    }
    this.#key = whole;
    this.result = null;
    this.failed = false;
    this.close();
    this.#worker = new Worker(new URL('layout-worker.js', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }) => this.#take(data));
    this.#worker.addEventListener('error', () => this.#giveUp());
    this.#timer = setTimeout(() => this.#giveUp(), LONGEST_MS);
    this.#worker.postMessage({ id: ++this.#asked, stages, most: MOST_BOXES, size: BOX, across });
  }

  close() {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
  }

  #take(result) {
    if (result.id === this.#asked) {
      this.result = result;
      this.close();
      this.#changed();
    }
  }

  #giveUp() {
    this.failed = true;
    this.close();
    this.#changed();
  }
}
