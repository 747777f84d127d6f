'use strict';
(() => {
  const day = JSON.parse(document.getElementById('figures').textContent);
  const root = document.getElementById('report');
  const GROUPS = 30;
  const LIMITS = 12;

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    Object.entries(attributes || {}).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  }

  const color = (index) =>
    getComputedStyle(document.documentElement).getPropertyValue(`--side-${side(index)}`).trim();
  const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  // Grey is the day as it was.
  function side(index) {
    const recorded = day.sides[0].recorded;
    return recorded && index === 0 ? 0 : 1 + (index - (recorded ? 1 : 0)) % 5;
  }

  const UNITS = [[86400000, 'd'], [3600000, 'h'], [60000, 'min'], [1000, 's']];
  function time(millis) {
    if (millis === null || millis === undefined) {
      return '-';
    }
    const at = UNITS.findIndex(([unit]) => millis >= unit);
    if (at < 0) {
      return millis === 0 ? '0 s' : `${millis} ms`;
    }
    if (at === 3) {
      return `${Math.floor(millis / 100) / 10} s`;
    }
    const rest = Math.floor((millis % UNITS[at][0]) / UNITS[at + 1][0]);
    return `${Math.floor(millis / UNITS[at][0])} ${UNITS[at][1]}` + (rest ? ` ${rest} ${UNITS[at + 1][1]}` : '');
  }
  const percent = (part) => `${(100 * part).toFixed(1)}\u00a0%`;
  const index = (value) => (value === null ? '-' : value.toFixed(3));
  const count = (value) => value.toLocaleString('en');
  const missed = (many, jobs) => (jobs === 0 ? '-' : `${count(many)} of ${count(jobs)}, ${percent(many / jobs)}`);

  function heads(first) {
    const names = day.sides.map((one, i) => {
      const swatch = element('span', { class: 'swatch' });
      swatch.style.background = `var(--side-${side(i)})`;
      return element('th', { scope: 'col' }, swatch, one.name);
    });
    return element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, first), ...names));
  }
  function table(first, rows) {
    const body = rows.map(([name, cells]) =>
      element('tr', {}, element('td', {}, name), ...cells.map((cell) => element('td', {}, cell))));
    return element('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': `By ${first}` },
      element('table', {}, heads(first), element('tbody', {}, ...body)));
  }
  const row = (name, cell) => [name, day.sides.map(cell)];

  function section(title, ...children) {
    const made = element('section', {}, element('h2', {}, title), ...children);
    root.append(made);
    return made;
  }

  root.append(
    element('h1', {}, 'Replay of a day'),
    element('p', { class: 'faint' },
      `${count(day.jobs)} jobs since ${new Date(day.first_at).toISOString().replace('.000Z', 'Z')}, on ${count(day.fleet.slots)} slots`
      + Object.entries(day.fleet.pools).map(([pool, slots]) => ` and ${count(slots)} of pool ${pool}`).join('')));
  const waits = [['mean_ms', 'mean'], ['p50_ms', 'p50'], ['p90_ms', 'p90'], ['p99_ms', 'p99'], ['longest_ms', 'longest']];
  section('Summary', table('figure', [
    row('tasks', (one) => count(one.tasks)),
    ...(day.sides.some((one) => one.preempted > 0)
      ? [row('tasks preempted', (one) => (one.recorded ? '-' : count(one.preempted)))] : []),
    row('makespan', (one) => time(one.makespan_ms)),
    row('slots in use', (one) => percent(one.utilisation)),
    ...waits.map(([key, name]) => row(`waiting time, ${name}`, (one) => time(one.wait && one.wait[key]))),
    row('job from submission to end, p50', (one) => time(one.turnaround && one.turnaround.p50_ms)),
    row('job from submission to end, p99', (one) => time(one.turnaround && one.turnaround.p99_ms)),
    ...(day.sides.some((one) => one.deadline_jobs > 0)
      ? [row('deadlines missed', (one) => missed(one.deadlines_missed, one.deadline_jobs))] : []),
    row('Jain’s index of waiting groups, by turns', (one) => index(one.jain_turns)),
    row('Jain’s index of waiting groups, by cost', (one) => index(one.jain_cost)),
    ...(day.sides.some((one) => one.jain_dominant_share !== null)
      ? [row('Jain’s index of waiting groups, by dominant share', (one) => index(one.jain_dominant_share))] : []),
  ]));

  const plots = [];
  function plot(title, label, options, data) {
    const place = element('div', { class: 'plot', role: 'img', 'aria-label': label });
    section(title, place);
    plots.push({ place, options, data });
  }
  function draw() {
    const axis = () => ({ stroke: ink('--faint'), grid: { stroke: ink('--rule'), width: 1 }, ticks: { stroke: ink('--rule') } });
    plots.forEach((one) => {
      one.place.replaceChildren();
      const options = one.options(axis);
      options.width = Math.max(320, Math.min(1120, root.clientWidth - 32));
      options.height = 280;
      new uPlot(options, one.data, one.place);
    });
  }

  const DAY = '{DD} {MMM}';
  const format = (least, text, day) => [least, text, `\n${DAY} {YYYY}`, null, day, null, null, null, 1];
  const DATES = [
    [86400, DAY, '\n{YYYY}', null, null, null, null, null, 1],
    format(60, '{HH}:{mm}', `\n${DAY}`),
    format(0.001, '{HH}:{mm}:{ss}', `\n${DAY}`),
  ];
  const stamp = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
  const windows = Math.max(...day.sides.map((one) => one.utilisation_by_window.length));
  const hours = Array.from({ length: windows }, (_, i) => (day.first_at + i * day.window_ms) / 1000);
  // Parts of something over time, by their windows, a line for each side.
  function overTime(title, label, parts) {
    const sides = day.sides.map(parts);
    plot(title, label, (axis) => ({
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      axes: [
        { ...axis(), values: DATES },
        { ...axis(), values: (_, ticks) => ticks.map((tick) => `${Math.round(tick * 100)} %`) },
      ],
      scales: { y: { range: (_, low, high) => [0, Math.max(1, high)] } },
      series: [{ label: 'UTC', value: (_, seconds) => (seconds ? stamp(seconds) : '-') }, ...day.sides.map((one, i) => ({
        label: one.name, stroke: color(i), width: 1.5, points: { show: false },
        value: (_, value) => (value === null || value === undefined ? '-' : percent(value)) }))],
    }), [hours, ...sides.map((side) => hours.map((_, i) => side[i] ?? null))]);
  }
  overTime('Slots in use over time', 'The part of the slots in use over time, a line for each policy', (one) => one.utilisation_by_window);

  // The ticks of a logarithmic axis of times, in seconds.
  const TICKS = [0.001, 0.01, 0.1, 1, 10, 60, 600, 3600, 36000, 86400, 864000, 8640000];
  // Waiting times reach from ms to days: only a logarithm shows them together, and it has no 0.
  const longest = Math.max(0, ...day.sides.map((one) => (one.wait ? one.wait.longest_ms : 0)));
  const floor = longest > 3600000 ? 1000 : 1;
  const shown = (millis) => (millis === null || millis === undefined ? null : Math.max(floor, millis) / 1000);
  const tickText = (seconds) => (seconds * 1000 <= floor ? '≤ ' : '') + time(Math.round(seconds * 1000));
  function categories(title, label, what, names, value) {
    if (names.length === 0) {
      return;
    }
    plot(title, label, (axis) => ({
      axes: [
        { ...axis(), splits: () => names.map((_, i) => i), values: (_, ticks) => ticks.map((tick) => names[tick]), incrs: [1], space: 1 },
        { ...axis(), size: 70, splits: (plotted, at, low, high) => TICKS.filter((tick) => tick >= low && tick <= high),
          filter: (_, ticks) => ticks, values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : tickText(tick))) },
      ],
      scales: { x: { time: false, range: () => [-0.5, names.length - 0.5] }, y: { distr: 3 } },
      series: [{ label: what, value: (_, at) => names[at] ?? '-' }, ...day.sides.map((one, i) => ({
        label: one.name, stroke: color(i), width: 1, paths: () => null,
        points: { show: true, size: 9, width: 2, stroke: color(i), fill: i % 2 ? ink('--ground') : color(i) },
        value: (_, seconds) => (seconds === null || seconds === undefined ? '-' : tickText(seconds)) }))],
    }), [names.map((_, i) => i), ...day.sides.map((one) => names.map((name) => shown(value(one, name))))]);
  }

  const inWaits = waits.filter(([key]) => key !== 'mean_ms');
  categories('Waiting times', 'Quantiles of waiting times on a logarithmic axis, a mark for each policy', 'quantile',
    inWaits.map(([, name]) => name),
    (one, name) => one.wait && one.wait[inWaits.find(([, known]) => known === name)[0]]);

  function kinds(field) {
    const tasks = new Map();
    day.sides.forEach((one) => one[field].forEach((each) => tasks.set(each.of, Math.max(tasks.get(each.of) ?? 0, each.tasks))));
    return tasks;
  }
  const groups = [...kinds('by_group')].sort((a, b) => b[1] - a[1]).slice(0, GROUPS);
  const find = (one, field, of) => one[field].find((each) => each.of === of);
  if (groups.length > 1) {
    categories('Waiting time of each resource group, p90',
      'The 90 % quantile of the waiting time of each resource group on a logarithmic axis, a mark for each policy', 'resource group',
      groups.map(([group]) => group), (one, group) => find(one, 'by_group', group)?.p90_ms);
  }

  function quantiles(title, first, field, keys) {
    if (keys.length > 1) {
      section(title, table(first, keys.map(([of, tasks]) => row(`${of} (${count(tasks)} ${tasks === 1 ? 'task' : 'tasks'})`, (one) => {
        const found = find(one, field, of);
        return found ? `${time(found.p50_ms)} / ${time(found.p90_ms)} / ${time(found.p99_ms)} / ${time(found.longest_ms)}` : '-';
      }))));
    }
  }
  quantiles('Waiting time by resource group: p50 / p90 / p99 / longest', 'resource group', 'by_group', groups);
  quantiles('Waiting time by priority: p50 / p90 / p99 / longest', 'priority', 'by_priority', [...kinds('by_priority')]);
  quantiles('Waiting time by size: p50 / p90 / p99 / longest', 'tasks of the job', 'by_size', [...kinds('by_size')]);

  const due = new Map();
  day.sides.forEach((one) => one.deadlines.forEach((each) =>
    due.set(each.group, { within: each.within_ms, jobs: Math.max(due.get(each.group)?.jobs ?? 0, each.jobs) })));
  if (due.size > 1) {
    const most = [...due].sort((a, b) => b[1].jobs - a[1].jobs).slice(0, GROUPS);
    section('Deadlines missed by resource group', table('resource group with deadlines', most.map(([group, its]) =>
      row(`${group}, within ${time(its.within)}`, (one) => {
        const found = one.deadlines.find((each) => each.group === group);
        return found ? missed(found.missed, found.jobs) : '-';
      }))));
  }

  const limits = [...new Set(day.sides.flatMap((one) => one.limits.map((limit) => limit.key)))].sort();
  const limitOf = (one, key) => one.limits.find((limit) => limit.key === key);
  const inUse = (used) => used.mean / Math.max(1, used.capacity);
  if (limits.length > 0) {
    section('Units of limits in use: mean / most of capacity', table('limit', limits.map((key) => row(key, (one) => {
      const used = limitOf(one, key);
      return used ? `${percent(inUse(used))} / ${count(used.most)} of ${count(used.capacity)}` : '-';
    }))));
  }
  const mostInUse = new Map(limits.map((key) =>
    [key, Math.max(...day.sides.map((one) => limitOf(one, key)).filter((used) => used).map(inUse))]));
  [...limits].sort((a, b) => mostInUse.get(b) - mostInUse.get(a)).slice(0, LIMITS).sort().forEach((key) =>
    overTime(`Units of ${key} in use over time`, `The part of the units of ${key} in use over time, a line for each policy`,
      (one) => limitOf(one, key)?.in_use_by_window ?? []));

  day.changes.forEach((change) => {
    const line = (each) => element('tr', {}, element('td', {}, String(each.group)), element('td', {}, count(each.tasks)),
      element('td', {}, time(each.mean_before_ms)), element('td', {}, time(each.mean_after_ms)));
    const names = ['resource group', 'tasks', `mean wait, ${change.from}`, `mean wait, ${change.to}`];
    const part = (title, list) => (list.length === 0 ? [] : [element('h3', {}, title),
      element('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': `${title}, ${change.to}` },
        element('table', {}, element('thead', {}, element('tr', {}, ...names.map((name) => element('th', { scope: 'col' }, name)))),
          element('tbody', {}, ...list.map(line))))]);
    section(`${change.to} instead of ${change.from}`,
      element('p', {}, `${change.better} groups wait less, ${change.worse} wait longer, by their mean.`),
      ...part('Gained most', change.gained), ...part('Lost most', change.lost));
  });

  const notes = [...day.notes, ...day.sides.flatMap((one) => one.notes.map((note) => `${one.name}: ${note}`))];
  if (notes.length > 0) {
    section('Notes', ...notes.map((note) => element('p', {}, note)));
  }

  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  addEventListener('resize', draw);
  // Paper is white.
  addEventListener('beforeprint', () => { document.documentElement.classList.add('print'); draw(); });
  addEventListener('afterprint', () => { document.documentElement.classList.remove('print'); draw(); });
})();
