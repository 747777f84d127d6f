/** Reads the part of the address behind `#`: `#/jobs?state=pending` is `{ path: ['jobs'], query: … }`. */
export function route() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  return {
    path: path.split('/').filter(part => part !== '').map(decode),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

export const jobHref = job => `#/jobs/${encodeURIComponent(job)}`;

/** The list of jobs with these filters; empty ones are left out. */
export function jobsHref(query) {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));
  return `#/jobs${parameters.size ? `?${parameters}` : ''}`;
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
