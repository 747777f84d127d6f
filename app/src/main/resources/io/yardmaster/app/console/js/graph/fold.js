import { levels } from './levels.js';

/** Runs of alike or chained boxes that are shorter than this stay drawn one by one, as long as there is room. */
const SHORT = 4;

/**
 * Puts stages into at most `most` boxes, each of which stands for stages that are alike (the same before and the same behind
 * them), for a chain, or for a range. The boxes' graph has no cycle.
 *
 * `stages` have a `number` and `before`, numbers of which those of other stages are ignored. Returns boxes with a `kind` and
 * their `members` in order, and edges as pairs of the boxes' places.
 */
export function fold(stages, most) {
  const graph = new Boxes(stages);
  for (const least of [SHORT, 2]) {
    while (graph.size > most && (graph.foldAlike(least, most) || graph.foldChains(least, most)));
  }
  if (graph.size > most) {
    graph.foldLevels(most);
  }
  return graph.drawn();
}

class Boxes {
  #boxes = new Map();
  #boxOf = new Map();
  #stages;

  constructor(stages) {
    this.#stages = stages;
    for (const { number } of stages) {
      this.#boxes.set(number, { kind: 'stage', members: [number] });
      this.#boxOf.set(number, number);
    }
  }

  get size() {
    return this.#boxes.size;
  }

  /** Folds boxes that have the same before and behind them. Returns whether there were `least` such anywhere. */
  foldAlike(least, most) {
    const { before, behind } = this.#edges();
    const alike = new Map();
    for (const id of this.#boxes.keys()) {
      const key = `${[...before.get(id)].sort(byNumber)}|${[...behind.get(id)].sort(byNumber)}`;
      alike.set(key, [...(alike.get(key) ?? []), id]);
    }
    return this.#mergeAll([...alike.values()].filter(ids => ids.length >= least), 'alike', most);
  }

  /** Folds boxes that follow each other and nothing else. */
  foldChains(least, most) {
    const { before, behind } = this.#edges();
    const next = id => {
      const [only, ...more] = behind.get(id);
      return only !== undefined && more.length === 0 && before.get(only).size === 1 ? only : undefined;
    };
    const follows = new Set([...this.#boxes.keys()].map(next));
    const chains = [];
    for (const id of [...this.#boxes.keys()]) {
      if (!follows.has(id)) {
        const chain = [];
        for (let at = id; at !== undefined; at = next(at)) {
          chain.push(at);
        }
        if (chain.length >= least) {
          chains.push(chain);
        }
      }
    }
    return this.#mergeAll(chains, 'chain', most);
  }

  /** Folds what is equally far from the beginning, the widest such levels first, and then successive levels. */
  foldLevels(most) {
    const { before } = this.#edges();
    const byLevel = levels([...this.#boxes.keys()], before);
    for (const level of [...byLevel].sort((a, b) => b.length - a.length)) {
      if (this.size > most && level.length > 1) {
        this.#merge(level, 'range');
      }
    }
    if (this.size > most) {
      this.#mergeRuns(byLevel.map(level => level[0]), most);
    }
  }

  #mergeAll(groups, kind, most) {
    if (groups.length === 1 && groups[0].length === this.size) {
      // One box would say nothing, and could not be opened.
      this.#mergeRuns(groups[0], most);
    } else {
      groups.forEach(ids => this.#merge(ids, kind));
    }
    return groups.length > 0;
  }

  #mergeRuns(ids, most) {
    const length = Math.ceil(ids.length / most);
    for (let from = 0; from < ids.length; from += length) {
      this.#merge(ids.slice(from, from + length), 'range');
    }
  }

  drawn() {
    const places = new Map([...this.#boxes.keys()].map((id, place) => [id, place]));
    const edges = [...this.#edges().before].flatMap(([id, ids]) => [...ids].map(other => [places.get(other), places.get(id)]));
    return { boxes: [...this.#boxes.values()], edges };
  }

  #merge(ids, kind) {
    if (ids.length === 1) {
      return;
    }
    const members = ids.flatMap(id => this.#boxes.get(id).members);
    if (kind !== 'chain') {
      members.sort(byNumber);
    }
    ids.slice(1).forEach(id => this.#boxes.delete(id));
    this.#boxes.set(ids[0], { kind, members });
    members.forEach(number => this.#boxOf.set(number, ids[0]));
  }

  #edges() {
    const before = new Map([...this.#boxes.keys()].map(id => [id, new Set()]));
    const behind = new Map([...this.#boxes.keys()].map(id => [id, new Set()]));
    for (const stage of this.#stages) {
      const id = this.#boxOf.get(stage.number);
      for (const number of stage.before) {
        const other = this.#boxOf.get(number);
        if (other !== undefined && other !== id) {
          before.get(id).add(other);
          behind.get(other).add(id);
        }
      }
    }
    return { before, behind };
  }
}

const byNumber = (a, b) => a - b;
