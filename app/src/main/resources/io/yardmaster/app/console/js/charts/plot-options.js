import { plotTip } from './plot-tip.js';

const FONT = '11px system-ui, sans-serif';
const AXIS_WIDTH = 56;
const LEAST_TOP = 10;
const TIME_STEPS = [60, 120, 300, 600, 1_800, 3_600];

/** Options of uPlot for a chart in an element, in the theme's colours. */
export function plotOptions(element, { series, format }) {
  const ink = color(element, '--muted');
  const line = color(element, '--line');
  const axis = { font: FONT, stroke: ink, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    padding: [8, 18, 0, 0],
    legend: { show: false },
    plugins: [plotTip(series, format)],
    cursor: { drag: { setScale: false }, y: false, points: { size: 7 } },
    scales: { y: { range: (plot, low, high) => [0, Math.max(LEAST_TOP, (high ?? 0) * 1.08)] } },
    axes: [
      { ...axis, size: 24, gap: 4, grid: { show: false }, space: 64, incrs: TIME_STEPS, values: '{HH}:{mm}' },
      { ...axis, size: AXIS_WIDTH, space: 32, values: (plot, ticks) => ticks.map(v => (v === null ? '' : format(v))) },
    ],
    series: [
      {},
      ...series.map(({ tone, filled }) => {
        const stroke = color(element, `--plot-${tone}`);
        return { stroke, width: 1.5, points: { show: false }, fill: filled ? color(element, `--plot-${tone}-fill`) : undefined };
      }),
    ],
  };
}

// A custom property holds both themes' colours; the browser picks one when an element has it as its colour.
function color(element, property) {
  element.style.color = `var(${property})`;
  const resolved = getComputedStyle(element).color;
  element.style.color = '';
  return resolved;
}
