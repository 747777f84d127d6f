import { html, nothing } from '../html.js';
import { NONE, time } from '../format.js';

export const deadLetterHead = html`
  <thead>
    <tr>
      <th scope="col">Time</th><th scope="col" class="wide">Read from</th><th scope="col">Reason</th>
    </tr>
  </thead>`;

export const deadLetterRow = ({ at_ms, topic, partition, offset, reason }, now) => html`
  <tr>
    <th scope="row" class="at">${time(at_ms, now)}</th>
    <td class="from wide">${from(topic, partition, offset)}</td>
    <td class="reason">
      ${reason}<span class="narrow from">${topic === null ? nothing : from(topic, partition, offset)}</span>
    </td>
  </tr>`;

const from = (topic, partition, offset) =>
  topic === null ? NONE : `${topic}${partition === null ? '' : `-${partition}`}${offset === null ? '' : ` @ ${offset}`}`;
