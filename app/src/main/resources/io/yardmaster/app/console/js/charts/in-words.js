import { time } from '../format.js';

const TABLE_ROWS = 10;

/** Describes a chart in a sentence per series. */
export function summary({ name, series, format }) {
  const sentences = series.map(({ name, values }) => {
    const known = values.filter(v => v !== null);
    return known.length === 0
      ? `${name}: nothing yet`
      : `${name}: ${format(known.at(-1))} now, from ${format(Math.min(...known))} to ${format(Math.max(...known))}`;
  });
  return `${name}. ${sentences.join('. ')}.`;
}

/** Some of its points, evenly spread, the newest first. */
export function tableRows({ times, series }) {
  const step = Math.max(1, Math.floor(times.length / TABLE_ROWS));
  const rows = [];
  for (let i = times.length - 1; i >= 0 && rows.length < TABLE_ROWS; i -= step) {
    rows.push({ at: time(times[i], times.at(-1)), values: series.map(({ values }) => values[i]) });
  }
  return rows;
}
