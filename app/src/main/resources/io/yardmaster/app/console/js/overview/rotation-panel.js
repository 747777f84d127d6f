import { html, nothing } from '../html.js';
import { count, percent, short, shortId } from '../format.js';
import { badge } from '../parts/badge.js';
import { bar } from '../parts/bar.js';
import { fold } from '../parts/fold.js';
import { empty, panel } from '../parts/panel.js';
import { shortJobLink } from '../parts/job-link.js';
import { turns } from './turns.js';

const SHARDS_AT_FIRST = 6;

export function rotationPanel({ lanes: shards, session }) {
  const { shown, more } = fold('shards', shards, SHARDS_AT_FIRST);
  const content = shards.length === 0
    ? empty('No shard is known yet.')
    : html`<div class="shards">${shown.map(shard => shardRow(shard, session))}</div>${more}`;
  return panel('rotation', 'Rotation', 12, content, session === null ? nothing : html`session <span class="id">${session}</span>`);
}

const shardRow = (shard, session) => html`
  <section class="shard" aria-labelledby="shard-${shard.partition}">
    <div class="name">
      <h3 id="shard-${shard.partition}">Shard ${shard.partition}</h3>
      ${shard.state === 'active' ? nothing : badge(shard.state)}
      <span class="muted">${shard.instance ?? 'no instance'}</span>
      ${shard.session === session || shard.session === null ? nothing : html`
        <span class="session warn" title="Session ${shard.session}">still in session ${shortId(shard.session)}</span>`}
    </div>
    ${inTurn(shard)}
    <dl class="counts">
      <div><dt>in rotation</dt><dd>${short(shard.active_jobs)}</dd></div>
      <div><dt>pending</dt><dd>${short(shard.pending_jobs)}</dd></div>
      <div><dt>buffered</dt><dd>${short(shard.buffered_tasks)}</dd></div>
      <div><dt>assigned</dt><dd>${short(shard.assignments)}</dd></div>
    </dl>
  </section>`;

function inTurn(shard) {
  if (shard.state === 'restoring') {
    return restoring(shard);
  }
  if (shard.state !== 'active') {
    return empty('No instance runs this shard now.');
  }
  return shard.active_jobs > 0 ? ring(shard) : empty('No job is in the rotation.');
}

function ring(shard) {
  const { jobs, cursor, beyond } = turns(shard);
  return html`
    <ol class="turns">
      ${jobs.map((job, i) => {
        const away = (i - cursor + jobs.length) % jobs.length;
        return html`
          <li class=${away === 0 ? 'cursor' : away <= 3 ? 'soon' : ''}>
            ${away === 0 ? html`<span class="hidden">Next: </span>` : nothing}${shortJobLink(job)}
          </li>`;
      })}
      ${beyond > 0 ? html`<li class="beyond">and ${count(beyond)} more</li>` : nothing}
    </ol>`;
}

const restoring = ({ restoring }) => (restoring === null ? empty('Being restored.') : html`
  <p class="restoring">
    Being restored: ${percent(restoring.restored, restoring.total)},
    ${count(restoring.restored)} of ${count(restoring.total)} records
    ${bar(restoring.restored, restoring.total, 'warn')}
  </p>`);
