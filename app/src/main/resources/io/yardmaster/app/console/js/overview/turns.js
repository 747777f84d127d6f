const MOST = 8;
const rings = new Map();

/**
 * The jobs of a shard to show, and the one of them that has the next turn. If the whole ring is known, the jobs keep their
 * places and the cursor moves; if only its beginning is known, the cursor stays and the jobs move.
 */
export function turns({ partition, next_jobs, active_jobs }) {
  if (next_jobs.length < active_jobs) {
    rings.delete(partition);
    const jobs = next_jobs.slice(0, MOST);
    return { jobs, cursor: 0, beyond: active_jobs - jobs.length };
  }
  const jobs = inPlace(rings.get(partition) ?? [], next_jobs);
  rings.set(partition, jobs);
  return { jobs, cursor: jobs.indexOf(next_jobs[0]), beyond: 0 };
}

/** The same ring, begun at the job that came first before. */
function inPlace(before, ring) {
  const first = before.find(job => ring.includes(job));
  const start = first === undefined ? 0 : ring.indexOf(first);
  return [...ring.slice(start), ...ring.slice(0, start)];
}
