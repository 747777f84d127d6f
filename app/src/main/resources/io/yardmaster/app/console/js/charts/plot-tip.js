import { time } from '../format.js';

/** Shows the values under the pointer, beside it. */
export function plotTip(series, format) {
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  return {
    hooks: {
      init: plot => plot.over.append(tip),
      setCursor(plot) {
        const { idx, left } = plot.cursor;
        tip.hidden = idx === null || idx === undefined || left < 0;
        if (!tip.hidden) {
          tip.textContent = words(plot, idx, series, format);
          const toTheRight = left < plot.over.clientWidth / 2;
          tip.style.left = toTheRight ? `${left + 10}px` : '';
          tip.style.right = toTheRight ? '' : `${plot.over.clientWidth - left + 10}px`;
        }
      },
    },
  };
}

function words(plot, idx, series, format) {
  const [times, ...values] = plot.data;
  const at = times[idx] * 1000;
  return [time(at, at), ...series.map(({ name }, i) => `${name} ${format(values[i][idx])}`)].join('  ');
}
