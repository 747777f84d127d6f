import { html, nothing } from '../html.js';
import { count, percent, short, shortId } from '../format.js';
import { badge } from '../parts/badge.js';
import { bar } from '../parts/bar.js';
import { fold } from '../parts/fold.js';
import { empty, panel } from '../parts/panel.js';
import { shortJobLink } from '../parts/job-link.js';
import { turns } from './turns.js';

const LANES_AT_FIRST = 6;

export function rotationPanel({ lanes, session }) {
  const { shown, more } = fold('lanes', lanes, LANES_AT_FIRST);
  const content = lanes.length === 0
    ? empty('No lane is known yet.')
    : html`<div class="lanes">${shown.map(lane => laneRow(lane, session))}</div>${more}`;
  return panel('rotation', 'Rotation', 12, content, session === null ? nothing : html`session <span class="id">${session}</span>`);
}

const laneRow = (lane, session) => html`
  <section class="lane" aria-labelledby="lane-${lane.partition}">
    <div class="name">
      <h3 id="lane-${lane.partition}">Lane ${lane.partition}</h3>
      ${lane.state === 'active' ? nothing : badge(lane.state)}
      <span class="muted">${lane.instance ?? 'no instance'}</span>
      ${lane.session === session || lane.session === null ? nothing : html`
        <span class="session warn" title="Session ${lane.session}">still in session ${shortId(lane.session)}</span>`}
    </div>
    ${inTurn(lane)}
    <dl class="counts">
      <div><dt>in rotation</dt><dd>${short(lane.active_jobs)}</dd></div>
      <div><dt>pending</dt><dd>${short(lane.pending_jobs)}</dd></div>
      <div><dt>buffered</dt><dd>${short(lane.buffered_tasks)}</dd></div>
      <div><dt>assigned</dt><dd>${short(lane.assignments)}</dd></div>
    </dl>
  </section>`;

function inTurn(lane) {
  if (lane.state === 'restoring') {
    return restoring(lane);
  }
  if (lane.state !== 'active') {
    return empty('No instance runs this lane now.');
  }
  return lane.active_jobs > 0 ? ring(lane) : empty('No job is in the rotation.');
}

function ring(lane) {
  const { jobs, cursor, beyond } = turns(lane);
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
