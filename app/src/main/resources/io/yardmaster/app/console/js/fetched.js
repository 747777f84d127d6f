import { get } from './api.js';

const PAUSE_MS = 2_000;

/** Data that is asked of the API again and again, one request at a time and not too often. */
export class Fetched {
  #path;
  #query;
  #changed;
  #asking = false;
  #askedAt = -Infinity;

  data = null;
  error = null;

  constructor(path, query, changed) {
    this.#path = path;
    this.#query = query;
    this.#changed = changed;
  }

  async refresh() {
    if (this.#asking || performance.now() - this.#askedAt < PAUSE_MS) {
      return;
    }
    this.#asking = true;
    this.#askedAt = performance.now();
    try {
      this.data = await get(this.#path, this.#query);
      this.error = null;
    } catch (error) {
      this.error = error;
    } finally {
      this.#asking = false;
    }
    this.#changed();
  }
}
