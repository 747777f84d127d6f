import { counted, duration, percent, ranges, rate } from './format.js';

/**
 * The state of the deployment in sentences, the worst first. `kind` stays the same as long as it is the same news; `level` is bad
 * (nothing moves, or some of it does not), warn or good.
 */
export function verdict(overview) {
  const news = [...noOffsets(overview), ...noFleet(overview), ...shards(overview), ...unreachable(overview)];
  return news.some(({ level }) => level === 'bad') ? news : [...news, flow(overview)];
}

function noOffsets({ window, group }) {
  if (window.fresh && window.breaker === 'closed') {
    return [];
  }
  const read = window.age_ms === null ? 'They were never read' : `They were last read ${duration(window.age_ms)} ago`;
  return window.fresh
    ? [{ kind: 'retry', level: 'warn', text: `The offsets of the group ${group.id} could not be read just now. ${read}.` }]
    : [{ kind: 'offsets', level: 'bad', text: `Nothing is dispatched: the offsets of the group ${group.id} are not known. ${read}.` }];
}

function noFleet({ group, window, totals }) {
  const waits = window.used + totals.buffered_tasks + totals.finalizing_jobs > 0;
  if (group.members.length > 0 || !waits || group.state === 'unknown') {
    return [];
  }
  return [{ kind: 'fleet', level: 'bad', text: `No execution manager is in the group ${group.id}.` }];
}

function shards({ lanes: all }) {
  const news = [];
  const orphaned = all.filter(({ state }) => state === 'unassigned' || state === 'standby').map(shard => shard.partition);
  if (orphaned.length > 0) {
    const one = orphaned.length === 1;
    news.push({
      kind: `orphaned ${orphaned}`,
      level: 'bad',
      text: `${one ? 'Shard' : 'Shards'} ${ranges(orphaned)} ${one ? 'is' : 'are'} run by no instance.`,
    });
  }
  for (const { partition, restoring } of all.filter(({ state }) => state === 'restoring')) {
    const progress = restoring && restoring.total > 0 ? `: ${percent(restoring.restored, restoring.total)}` : '';
    news.push({ kind: `restoring ${partition}`, level: 'warn', text: `Shard ${partition} is being restored${progress}.` });
  }
  return news;
}

function unreachable({ instances }) {
  return instances
    .filter(({ reachable }) => !reachable)
    .map(({ instance }) => ({
      kind: `unreachable ${instance}`,
      level: 'warn',
      text: `${instance} does not answer: its shards are missing here.`,
    }));
}

function flow({ window, group, totals, rates }) {
  const perSecond = rates.at(-1)?.assignments_per_s ?? 0;
  const speed = `${rate(perSecond)} per second to ${counted(group.members.length, 'execution manager')}`;
  if (window.used >= window.capacity && window.capacity > 0) {
    return { kind: 'full', level: 'good', text: `The window is full, so the fleet sets the pace: ${speed}.` };
  }
  if (totals.buffered_tasks > 0 || perSecond > 0) {
    const pending = totals.pending_jobs > 0 ? `; ${counted(totals.pending_jobs, 'job')} wait for a place` : '';
    return { kind: 'flows', level: 'good', text: `Dispatching ${speed}${pending}.` };
  }
  const outstanding = window.used > 0 ? ` ${counted(window.used, 'assignment')} ${window.used === 1 ? 'is' : 'are'} still outstanding.` : '';
  return { kind: 'idle', level: 'good', text: `Nothing waits.${outstanding}` };
}
