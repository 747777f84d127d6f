/** The ids by the length of the longest way that leads to each. */
export function levels(ids, before) {
  const left = new Map(ids.map(id => [id, before.get(id).size]));
  const behind = new Map(ids.map(id => [id, []]));
  ids.forEach(id => before.get(id).forEach(other => behind.get(other).push(id)));
  const found = [];
  for (let level = ids.filter(id => left.get(id) === 0); level.length > 0;) {
    found.push(level);
    const next = [];
    for (const id of level) {
      for (const other of behind.get(id)) {
        left.set(other, left.get(other) - 1);
        if (left.get(other) === 0) {
          next.push(other);
        }
      }
    }
    level = next;
  }
  return found;
}
