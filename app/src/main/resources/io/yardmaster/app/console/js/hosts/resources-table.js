import { html, nothing } from '../html.js';
import { count, percent } from '../format.js';
import { bar } from '../parts/bar.js';
import { amount } from './amount.js';

const HEIGHT = 20;

/** The resources of a pool: what is booked of them, the largest free amount on one host, and how full the hosts are. */
export const resourcesTable = resources => (resources.length === 0 ? nothing : html`
  <table class="resources">
    <caption class="hidden">Resources of the hosts</caption>
    <thead>
      <tr>
        <th scope="col">Resource</th><th scope="col" class="n">Booked</th><th scope="col" class="n">Of</th><td class="bars wide"></td>
        <th scope="col" class="n">Largest free</th><th scope="col" class="wide">Hosts by the part that is booked</th>
      </tr>
    </thead>
    <tbody>${resources.map(row)}</tbody>
  </table>`);

function row({ name, total, booked, largest_free, largest_free_host, hosts_by_use }) {
  return html`
    <tr>
      <th scope="row">${name}</th>
      <td class="n">${amount(name, booked)}</td>
      <td class="n">${amount(name, total)}</td>
      <td class="bars wide">${bar(booked, total)}</td>
      <td class="n">${amount(name, largest_free)}${largest_free_host === '' ? nothing : html` <span class="muted">on ${largest_free_host}</span>`}</td>
      <td class="wide">${columns(hosts_by_use)}</td>
    </tr>`;
}

/** As many columns whether there are ten hosts or ten thousand. */
function columns(hosts) {
  const most = Math.max(1, ...hosts);
  const all = hosts.reduce((sum, n) => sum + n, 0);
  return html`
    <svg class="fill" viewBox="0 0 ${hosts.length * 10} ${HEIGHT}" role="img" aria-label=${words(hosts, all)}>
      <title>${words(hosts, all)}</title>
      ${hosts.map((n, i) => html`<svg x=${i * 10} y="0" width="9" height=${HEIGHT}>
        <rect class="of" width="9" height=${HEIGHT}></rect>
        <rect class="part" y=${HEIGHT - (HEIGHT * n) / most} width="9" height=${(HEIGHT * n) / most}></rect></svg>`)}
    </svg>`;
}

const words = (hosts, all) => hosts
  .map((n, i) => (n === 0 ? null : `${i === 0 ? 'nothing' : i === hosts.length - 1 ? 'over 90 %' : `up to ${10 * i} %`} booked: ${count(n)} hosts (${percent(n, all)})`))
  .filter(text => text !== null)
  .join(', ');
