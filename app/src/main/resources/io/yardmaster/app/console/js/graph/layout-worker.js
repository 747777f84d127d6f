import { Graph, layout } from '../../vendor/dagre/dagre.esm.js';
import { fold } from './fold.js';

/** Folds and lays out a graph beside the page, which goes on meanwhile. */
addEventListener('message', ({ data: { id, stages, most, size, across } }) => {
  const { boxes, edges } = fold(stages, most);
  const graph = new Graph();
  graph.setGraph({ rankdir: across ? 'LR' : 'TB', nodesep: 14, ranksep: across ? 46 : 34, marginx: 6, marginy: 6 });
  graph.setDefaultEdgeLabel(() => ({}));
  boxes.forEach((box, place) => graph.setNode(String(place), { ...size }));
  edges.forEach(([from, to]) => graph.setEdge(String(from), String(to)));
  layout(graph);
  const { width, height } = graph.graph();
  postMessage({
    id,
    width,
    height,
    boxes: boxes.map((box, place) => {
      const { x, y } = graph.node(String(place));
      return { ...box, x: x - size.width / 2, y: y - size.height / 2 };
    }),
    edges: edges.map(([from, to]) => ({ from, to, points: graph.edge(String(from), String(to)).points })),
  });
});
