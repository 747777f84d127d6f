import { count } from '../format.js';

/** The states of stages by their codes: the word for people, the tone, and the order in which a fold takes one from its stages. */
export const STATES = {
  failed: { word: 'failed', tone: 'bad' },
  running: { word: 'running', tone: 'good' },
  paused: { word: 'paused', tone: 'warn' },
  backoff: { word: 'back-off', tone: 'warn' },
  limit: { word: 'waits for a limit', tone: 'waits' },
  turn: { word: 'waits for its turn', tone: 'waits' },
  dependency: { word: 'waits for others', tone: 'waits' },
  stopped: { word: 'stopped', tone: 'stopped' },
  killed: { word: 'killed', tone: 'stopped' },
  succeeded: { word: 'succeeded', tone: 'ended' },
};

const ORDER = Object.keys(STATES);

/** A state that a newer scheduler knows is shown as it is called. */
export const stateOf = code => STATES[code] ?? { word: code, tone: 'waits' };

/** A box as it is now: its name, state, and tasks, out of the stages that it stands for. */
export function boxState({ kind, members }, stages) {
  const all = members.map(number => stages[number]).filter(stage => stage !== undefined);
  const [first] = all;
  const code = all.map(({ why }) => why.code).reduce((a, b) => (rank(a) <= rank(b) ? a : b));
  const tasks = sum(all, ({ tasks }) => tasks);
  const ended = sum(all, ({ succeeded, failed }) => succeeded + failed);
  return {
    code,
    folded: kind !== 'stage',
    name: kind === 'stage' ? first.name : `${first.name} … ${all.at(-1).name}`,
    what: kind === 'stage' ? first.why.text : `${FOLDS[kind](count(all.length))}: ${histogram(all)}`,
    tasks,
    ended,
    succeeded: sum(all, ({ succeeded }) => succeeded),
  };
}

const FOLDS = {
  alike: n => `${n} stages side by side`,
  chain: n => `${n} stages in a row`,
  range: n => `${n} stages`,
};

/** For instance "3 running, 197 succeeded". */
function histogram(stages) {
  const numbers = new Map();
  stages.forEach(({ why }) => numbers.set(why.code, (numbers.get(why.code) ?? 0) + 1));
  return [...numbers].sort(([a], [b]) => rank(a) - rank(b)).map(([code, n]) => `${count(n)} ${stateOf(code).word}`).join(', ');
}

const rank = code => (ORDER.indexOf(code) + ORDER.length + 1) % (ORDER.length + 1);

const sum = (items, value) => items.reduce((total, item) => total + value(item), 0);
