import { html, nothing } from '../html.js';
import { count, duration, NONE, ranges } from '../format.js';
import { bar } from '../parts/bar.js';
import { limitName } from '../policy/limit-name.js';

const HEADINGS = { idle: 'What is it doing?', graph: 'What is it doing?', ended: 'What became of it?' };

/** The answer, and the facts behind it. */
export const whyPanel = ({ why, waiting }) => html`
  <section class="panel why span-12" aria-labelledby="why">
    <h2 id="why">${HEADINGS[why.code] ?? 'Why is it waiting?'}</h2>
    <p class="answer">${why.sentence}</p>
    <dl class="behind">
      <div>
        <dt>Places of its shard taken</dt>
        <dd>${count(waiting.places_taken)} of ${count(waiting.places)} ${bar(waiting.places_taken, waiting.places)}</dd>
      </div>
      <div>
        <dt>Outstanding assignments</dt>
        <dd>${count(waiting.window_used)} of ${count(waiting.window_capacity)} ${bar(waiting.window_used, waiting.window_capacity)}</dd>
      </div>
      ${waiting.fullest_partitions.length > 0 ? html`
        <div><dt>Fullest dispatch partitions</dt><dd>${ranges(waiting.fullest_partitions)}</dd></div>` : nothing}
      ${waiting.limit === null ? nothing : html`
        <div>
          <dt>In use of ${limitName(waiting.limit.limit)}</dt>
          <dd>${count(waiting.limit.used)} of ${count(waiting.limit.capacity)} ${bar(waiting.limit.used, waiting.limit.capacity)}</dd>
        </div>
        <div><dt>Tasks that wait for limits</dt><dd>${count(waiting.parked)}</dd></div>`}
      <div><dt>Execution managers</dt><dd>${count(waiting.fleet_members)}</dd></div>
      <div><dt>Offsets of the fleet</dt><dd>${waiting.view_age_ms === null ? NONE : `${duration(waiting.view_age_ms)} old`}</dd></div>
    </dl>
  </section>`;
