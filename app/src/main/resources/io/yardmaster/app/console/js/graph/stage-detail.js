import { html, nothing } from '../html.js';
import { count, time } from '../format.js';
import { stateOf } from './states.js';

const MOST_NAMES = 8;
const MOST_FAILURES = 5;

/** The stage that was chosen in the drawing, in words. */
export function stageDetail(stage, stages, failures, now) {
  const { name, first_task, tasks, why, after, dependencies, succeeded, failed, pool } = stage;
  const failing = failures.filter(({ stage: number }) => number === stage.number);
  return html`
    <section class="chosen" aria-labelledby="chosen" aria-live="polite">
      <h3 id="chosen">${name}</h3>
      <p><b>${stateOf(why.code).word}</b>${why.text === stateOf(why.code).word ? nothing : html`: ${why.text}`}</p>
      <dl class="facts">
        <div><dt>Tasks</dt><dd>${taskRange(first_task, tasks)}, ${count(succeeded)} succeeded, ${count(failed)} failed or killed</dd></div>
        ${pool === '' ? nothing : html`<div><dt>Pool</dt><dd>${pool}</dd></div>`}
        <div><dt>After</dt><dd>${dependencies === 0 ? 'nothing' : names(after, dependencies, stages)}</dd></div>
      </dl>
      ${failing.length === 0 ? nothing : html`
        <ul>${failing.slice(0, MOST_FAILURES).map(failure => html`<li>${failureText(failure, now)}</li>`)}</ul>`}
    </section>`;
}

export const taskRange = (first, tasks) => (tasks === 1 ? count(first) : `${count(first)} to ${count(first + tasks - 1)}`);

function names(after, dependencies, stages) {
  const shown = after.slice(0, MOST_NAMES).map(({ stage, each }) => `${stages[stage]?.name ?? `stage ${stage}`}${each ? ', task by task' : ''}`);
  return shown.join('; ') + (dependencies > shown.length ? `; and ${count(dependencies - shown.length)} more` : '');
}

const failureText = ({ task, attempt, killed, ended_at_ms, reason, last }, now) =>
  `Task ${count(task)} ${killed ? 'was killed' : 'failed'} at ${time(ended_at_ms, now)} in attempt ${attempt + 1}${
    last ? '' : ', and is tried again'}${reason === '' ? '' : `: ${reason}`}`;
