import { duration, rate } from '../format.js';
import { panel } from '../parts/panel.js';
import { chart } from '../charts/chart.js';

export const ratePanel = ({ rates }) =>
  panel('rate', 'Dispatch rate', 6, chart({
    name: 'Assignments per second over the last 10 minutes',
    times: rates.map(({ at_ms }) => at_ms),
    series: [{ name: 'assignments/s', tone: 'main', filled: true, values: rates.map(r => r.assignments_per_s) }],
    format: rate,
  }));

export const waitingPanel = ({ rates }) =>
  panel('waiting', 'Waiting, from ready to assigned', 6, chart({
    name: 'Waiting time over the last 10 minutes',
    times: rates.map(({ at_ms }) => at_ms),
    series: [
      { name: 'p50', tone: 'main', filled: false, values: rates.map(r => r.waiting_p50_ms) },
      { name: 'p99', tone: 'second', filled: false, values: rates.map(r => r.waiting_p99_ms) },
    ],
    format: duration,
  }));
