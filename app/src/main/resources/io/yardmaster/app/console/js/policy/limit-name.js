/** A limit in words, from its key. */
export function limitName(key) {
  const [kind, ...rest] = key.split('/');
  if (kind === 'rate') {
    return `the burst of ${rest.length > 1 ? rest.join(' ') : `group ${rest[0]}`}`;
  }
  if (rest.length > 0) {
    return kind === 'limit' ? rest.join('/') : `${kind} ${rest.join('/')}`;
  }
  return key === 'job' ? 'each job' : `${key} tasks`;
}
