import { html, nothing } from '../html.js';
import { count, duration } from '../format.js';
import { bar } from '../parts/bar.js';
import { badge } from '../parts/badge.js';
import { jobLink } from '../parts/job-link.js';
import { empty } from '../parts/panel.js';
import { amount } from './amount.js';

/** Hosts of a pool by name, with what is booked and which tasks they have. */
export const hostsTable = hosts => (hosts.length === 0 ? empty('No hosts.') : html`
  <table class="hosts">
    <caption class="hidden">Hosts of the pool, by name</caption>
    <thead>
      <tr>
        <th scope="col">Host</th><th scope="col">Booked of its total</th><th scope="col" class="n">Tasks</th>
        <th scope="col" class="wide">Which</th><th scope="col" class="wide">Labels</th><th scope="col" class="n wide">Heard</th>
      </tr>
    </thead>
    <tbody>${hosts.map(row)}</tbody>
  </table>`);

function row({ host, silent, heard_ms, total, booked, labels, tasks, first }) {
  const names = [...new Set([...Object.keys(total), ...Object.keys(booked)])].sort();
  const over = names.some(name => (booked[name] ?? 0) > (total[name] ?? 0));
  return html`
    <tr>
      <th scope="row">${host}${silent ? html` ${badge('silent')}` : nothing}${over ? html` ${badge('overbooked')}` : nothing}</th>
      <td>${names.map(name => html`<span class="booked">${name} ${amount(name, booked[name] ?? 0)} of ${amount(name, total[name] ?? 0)} ${bar(booked[name] ?? 0, total[name] ?? 0)}</span>`)}</td>
      <td class="n">${count(tasks)}</td>
      <td class="wide">${first.map(({ job, task }, i) => html`${i === 0 ? '' : ', '}${jobLink(job)}.${task}`)}${tasks > first.length ? ` and ${count(tasks - first.length)} more` : ''}</td>
      <td class="wide reason">${Object.entries(labels).map(([name, value]) => `${name}=${value}`).join(', ')}</td>
      <td class="n wide">${duration(heard_ms)} ago</td>
    </tr>`;
}
