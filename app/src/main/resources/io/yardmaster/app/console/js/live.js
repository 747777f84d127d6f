import { parse } from './printable.js';

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 10_000;
const SILENCE_MS = 15_000;

/**
 * The overview as it changes. `state` is connecting, live, lost or paused; `overview` is the latest, or null. It asks for
 * nothing while the page is hidden, and connects again by itself.
 */
export class Live {
  #url;
  #changed;
  #source = null;
  #timer = 0;
  #retryMs = FIRST_RETRY_MS;
  #seenAt = 0;

  state = 'connecting';
  overview = null;

  constructor(url, changed) {
    this.#url = url;
    this.#changed = changed;
  }

  start() {
    document.addEventListener('visibilitychange', () => this.#followVisibility());
    this.#followVisibility();
  }

  /** Milliseconds since the epoch by the scheduler's clock, as the browser's may be off. */
  now() {
    return Date.now() + (this.overview ? this.overview.at_ms - this.#seenAt : 0);
  }

  #followVisibility() {
    if (document.hidden) {
      this.#close();
      this.#become('paused');
    } else {
      this.#become('connecting');
      this.#connect();
    }
  }

  #connect() {
    this.#close();
    const source = new EventSource(this.#url);
    this.#source = source;
    source.addEventListener('overview', event => this.#take(parse(event.data)));
    source.addEventListener('error', () => this.#lose());
    this.#timer = setTimeout(() => this.#lose(), SILENCE_MS);
  }

  #take(overview) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lose(), SILENCE_MS);
    this.#retryMs = FIRST_RETRY_MS;
    this.overview = overview;
    this.#seenAt = Date.now();
    this.#become('live');
  }

  // The browser's own reconnection gives up after some errors, and does not notice silence.
  #lose() {
    this.#close();
    this.#timer = setTimeout(() => this.#connect(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
    this.#become('lost');
  }

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #become(state) {
    this.state = state;
    this.#changed();
  }
}
