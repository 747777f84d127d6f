import { html, nothing, repeat, svg } from '../html.js';
import { count } from '../format.js';
import { bar } from '../parts/bar.js';
import { BOX } from './layout.js';
import { boxState, stateOf } from './states.js';

const STEPS = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/**
 * The boxes and the edges between them. One of the boxes can be reached with Tab, the others from there with the arrow keys.
 *
 * `current` is the place of that box, `press(box)` is called when one is pressed, and `go(place)` when it has the focus.
 */
export const drawing = ({ width, height, boxes, edges }, stages, { current, pressed, press, go }) => html`
  <div class="drawing" @keydown=${event => move(event, boxes)}>
    <svg width=${Math.ceil(width)} height=${Math.ceil(height)} role="group" aria-label="The stages and what they wait for">
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0.5 7 4 0 7.5z"></path>
        </marker>
      </defs>
      <g class="edges" aria-hidden="true">
        ${edges.map(({ points }) => svg`<path d=${line(points)} marker-end="url(#arrow)"></path>`)}
      </g>
      ${repeat(boxes, ({ members }) => members[0], (box, place) => svg`
        <foreignObject x=${box.x} y=${box.y} width=${BOX.width} height=${BOX.height}>
          ${button(box, place, stages, { current, pressed, press, go })}
        </foreignObject>`)}
    </svg>
  </div>`;

function button(box, place, stages, { current, pressed, press, go }) {
  const { code, folded, name, what, tasks, ended, succeeded } = boxState(box, stages);
  const { word, tone } = stateOf(code);
  const label = folded ? `${name}, ${what}. Opens these stages.` : `${name}, ${what === word ? word : `${word}: ${what}`}`;
  return html`
    <button type="button" class="stage ${tone} ${folded ? 'folded' : ''}" data-place=${place}
        tabindex=${place === current ? 0 : -1} aria-pressed=${folded ? nothing : pressed === box.members[0]}
        aria-label=${label} title=${label}
        @click=${() => press(box)} @focus=${() => go(place)}>
      <b>${name}</b>
      <span>${folded ? what : word}</span>
      <i>${bar(succeeded, tasks)}<small>${count(ended)} / ${count(tasks)}</small></i>
    </button>`;
}

/** A way through the points with round corners. */
function line([first, ...points]) {
  const end = points.at(-1);
  const bends = points.slice(0, -1).map(({ x, y }, i) => {
    const next = points[i + 1];
    return `Q${x} ${y} ${(x + next.x) / 2} ${(y + next.y) / 2}`;
  });
  return `M${first.x} ${first.y}${bends.join('')}L${end.x} ${end.y}`;
}

/** Moves the focus to the nearest box that lies in the direction of the key. */
function move(event, boxes) {
  const at = boxes[event.target.closest('[data-place]')?.dataset.place];
  const step = STEPS[event.key];
  if (at === undefined || (step === undefined && event.key !== 'Home' && event.key !== 'End')) {
    return;
  }
  event.preventDefault();
  const found = step === undefined ? boxes.at(event.key === 'Home' ? 0 : -1) : nearest(at, boxes, step);
  if (found !== undefined) {
    event.currentTarget.querySelector(`[data-place="${boxes.indexOf(found)}"]`).focus();
  }
}

function nearest(at, boxes, [right, down]) {
  const distance = ({ x, y }) => {
    const along = (x - at.x) * right + (y - at.y) * down;
    const beside = Math.abs((x - at.x) * down) + Math.abs((y - at.y) * right);
    return along > 1 ? along + 3 * beside : Infinity;
  };
  const best = boxes.reduce((a, b) => (distance(b) < distance(a) ? b : a));
  return distance(best) === Infinity ? undefined : best;
}
