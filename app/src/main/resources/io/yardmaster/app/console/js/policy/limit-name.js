/** A limit in words, from its key. */
export function limitName(key) {
  const [kind, ...rest] = key.split('/');
  if (kind === 'rate') {
    return `the burst of group ${rest.join('/')}`;
  }
  if (rest.length > 0) {
    return kind === 'limit' ? rest.join('/') : `${kind} ${rest.join('/')}`;
  }
  return key === 'job' ? 'each job' : `${key} tasks`;
}
