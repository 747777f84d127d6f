import { html } from './html.js';
import { count } from './format.js';

const TIME_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

const TURNS = {
  job: 'jobs',
  'resource-group': 'groups, then their jobs',
  weighted: 'groups by weight, then their jobs',
};

export function footer({ application_id, version, session, settings }) {
  return html`
    <dl class="settings">
      <div><dt>Deployment</dt><dd>${application_id}</dd></div>
      <div><dt>Session</dt><dd>${session ?? 'none yet'}</dd></div>
      <div><dt>Turns go to</dt><dd>${TURNS[settings.fairness] ?? settings.fairness}</dd></div>
      <div><dt>Places per shard</dt><dd>${count(settings.active_jobs)}</dd></div>
      <div><dt>Dispatch capacity</dt><dd>${settings.dispatch_capacity}</dd></div>
      <div><dt>Tick</dt><dd>${settings.tick_interval_ms} ms</dd></div>
      <div><dt>Times</dt><dd>${TIME_ZONE}</dd></div>
      <div><dt>Version</dt><dd>${version}</dd></div>
      <div><dt>API</dt><dd><a href="api/openapi.yaml">openapi.yaml</a></dd></div>
    </dl>`;
}
