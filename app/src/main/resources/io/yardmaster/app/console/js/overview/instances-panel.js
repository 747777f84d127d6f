import { html, nothing } from '../html.js';
import { duration, percent, ranges } from '../format.js';
import { badge } from '../parts/badge.js';
import { bar } from '../parts/bar.js';
import { fold } from '../parts/fold.js';
import { empty, panel } from '../parts/panel.js';

const INSTANCES_AT_FIRST = 8;

export function instancesPanel({ instances }, now) {
  const { shown, more } = fold('instances', instances, INSTANCES_AT_FIRST);
  const content = instances.length === 0
    ? empty('No instance is known yet.')
    : html`<ul class="instances">${shown.map(instance => item(instance, now))}</ul>${more}`;
  return panel('instances', 'Instances and their shards', 6, content);
}

const item = ({ instance, reachable, version, up_since_ms, state, active, standby, restoring }, now) => html`
  <li>
    <div class="name">
      <strong>${instance}</strong> ${badge(reachable ? state : 'unreachable')}
      ${reachable ? html`<span class="muted">${version}, up ${duration(Math.max(0, now - up_since_ms))}</span>` : nothing}
    </div>
    <div class="held">
      ${held('active', without(restoring, active))}
      ${held('standby', without(restoring, standby))}
      ${restoring.map(r => html`
        <span class="restoring">restoring ${r.partition}: ${percent(r.restored, r.total)} ${bar(r.restored, r.total, 'warn')}</span>`)}
      ${active.length + standby.length + restoring.length === 0 ? html`<span class="muted">no shard</span>` : nothing}
    </div>
  </li>`;

const without = (restoring, partitions) => partitions.filter(p => !restoring.some(({ partition }) => partition === p));

const held = (what, partitions) =>
  partitions.length === 0 ? nothing : html`<span class=${what}>${what} ${ranges(partitions)}</span>`;
