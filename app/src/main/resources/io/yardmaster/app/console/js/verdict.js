import { count, counted, duration, percent, ranges, rate } from './format.js';

/**
 * How things stand, in sentences, the worst first. `kind` stays the same as long as it is the same news; `level` is bad
 * (nothing moves, or some of it does not), warn or good.
 */
export function verdict(overview) {
  const news = [...noView(overview), ...noFleet(overview), ...lanes(overview), ...unreachable(overview)];
  return news.some(({ level }) => level === 'bad') ? news : [...news, flow(overview)];
}

function noView({ window, group }) {
  if (window.fresh && window.breaker === 'closed') {
    return [];
  }
  const age = window.age_ms === null ? 'There is no view yet' : `The view is ${duration(window.age_ms)} old`;
  return window.fresh
    ? [{ kind: 'breaker', level: 'warn', text: `The group ${group.id} could not be asked just now. ${age}.` }]
    : [{ kind: 'view', level: 'bad', text: `Nothing is dispatched: it is not known what ${group.id} has taken. ${age}.` }];
}

function noFleet({ group, window, totals }) {
  const waits = window.used + totals.buffered_tasks + totals.finalizing_jobs > 0;
  if (group.members.length > 0 || !waits || group.state === 'unknown') {
    return [];
  }
  return [{ kind: 'fleet', level: 'bad', text: `No execution manager is in the group ${group.id}.` }];
}

function lanes({ lanes }) {
  const news = [];
  const orphaned = lanes.filter(({ state }) => state === 'unassigned' || state === 'standby').map(lane => lane.partition);
  if (orphaned.length > 0) {
    const one = orphaned.length === 1;
    news.push({
      kind: `orphaned ${orphaned}`,
      level: 'bad',
      text: `${one ? 'Lane' : 'Lanes'} ${ranges(orphaned)} ${one ? 'is' : 'are'} run by no instance.`,
    });
  }
  for (const { partition, restoring } of lanes.filter(({ state }) => state === 'restoring')) {
    const progress = restoring && restoring.total > 0 ? `: ${percent(restoring.restored, restoring.total)}` : '';
    news.push({ kind: `restoring ${partition}`, level: 'warn', text: `Lane ${partition} is being restored${progress}.` });
  }
  return news;
}

function unreachable({ instances }) {
  return instances
    .filter(({ reachable }) => !reachable)
    .map(({ instance }) => ({
      kind: `unreachable ${instance}`,
      level: 'warn',
      text: `${instance} does not answer: what it has is missing here.`,
    }));
}

function flow({ window, group, totals, rates }) {
  const perSecond = rates.at(-1)?.assignments_per_s ?? 0;
  const pace = `${rate(perSecond)} per second to ${counted(group.members.length, 'execution manager')}`;
  if (window.used >= window.capacity && window.capacity > 0) {
    return { kind: 'full', level: 'good', text: `The window is full, so the fleet sets the pace: ${pace}.` };
  }
  if (totals.buffered_tasks > 0 || perSecond > 0) {
    const pending = totals.pending_jobs > 0 ? `; ${counted(totals.pending_jobs, 'job')} wait for a place` : '';
    return { kind: 'flows', level: 'good', text: `Dispatching ${pace}${pending}.` };
  }
  const out = window.used > 0 ? ` ${count(window.used)} assignments are still out.` : '';
  return { kind: 'idle', level: 'good', text: `Nothing waits.${out}` };
}
