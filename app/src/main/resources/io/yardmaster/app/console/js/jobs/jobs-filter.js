import { html, nothing } from '../html.js';
import { count } from '../format.js';
import { jobsHref } from '../routes.js';

const STATES = { '': 'All', active: 'In rotation', pending: 'Pending', parked: 'At limits', paused: 'Paused', finalizing: 'Finalizing' };

/** Chooses the jobs to list. Each choice is an address of its own. */
export const jobsFilter = ({ state = '', group = '', lane: shard = '' }, overview) => html`
  <div class="filter">
    <ul class="states" aria-label="State">
      ${Object.entries(STATES).map(([value, name]) => html`
        <li>
          <a href=${jobsHref({ state: value, group, lane: shard })} aria-current=${value === state ? 'true' : nothing}>
            ${name} <span class="muted">${total(value, overview, group || shard)}</span>
          </a>
        </li>`)}
    </ul>
    <form @submit=${apply(state)}>
      <label>Group <input name="group" inputmode="numeric" size="8" .value=${group}></label>
      <label>Shard <input name="shard" inputmode="numeric" size="4" .value=${shard}></label>
      <button type="submit">Apply</button>
      ${group || shard ? html`<a href=${jobsHref({ state })}>Clear</a>` : nothing}
    </form>
  </div>`;

const apply = state => event => {
  event.preventDefault();
  const { group, shard } = event.target.elements;
  location.hash = jobsHref({ state, group: group.value.trim(), lane: shard.value.trim() });
};

function total(state, overview, narrowed) {
  if (overview === null || narrowed) {
    return '';
  }
  const { active_jobs: active, pending_jobs: pending, paused_jobs: paused, finalizing_jobs: finalizing } = overview.totals;
  // Jobs at limits are not counted, as a job may wait for several.
  return state === 'parked' ? '' : count({ active, pending, paused, finalizing }[state] ?? active + pending + paused + finalizing);
}
