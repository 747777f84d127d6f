import { html } from '../html.js';
import { deadLettersPanel } from './dead-letters-panel.js';
import { dropsPanel } from './drops-panel.js';
import { figures } from './figures.js';
import { fleetPanel } from './fleet-panel.js';
import { groupsPanel } from './groups-panel.js';
import { headline } from './headline.js';
import { instancesPanel } from './instances-panel.js';
import { ratePanel, waitingPanel } from './rate-panels.js';
import { rotationPanel } from './rotation-panel.js';
import { windowPanel } from './window-panel.js';

export const overviewPage = {
  title: 'Overview',
  section: '#/',
  view(overview, now) {
    if (overview === null) {
      return html`<h1 class="hidden">Overview</h1><p class="wait">Waiting for the scheduler…</p>`;
    }
    return html`
      <h1 class="hidden">Overview</h1>
      ${headline(overview)}
      ${figures(overview)}
      <div class="grid">
        ${ratePanel(overview)}
        ${waitingPanel(overview)}
        ${rotationPanel(overview)}
        <div class="stack span-6">
          ${windowPanel(overview)}
          ${groupsPanel(overview)}
        </div>
        <div class="stack span-6">
          ${fleetPanel(overview)}
          ${instancesPanel(overview, now)}
          ${dropsPanel(overview)}
        </div>
        ${deadLettersPanel(overview, now)}
      </div>`;
  },
};
