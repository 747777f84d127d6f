import { count } from '../format.js';

const UNITS = [[2 ** 40, 'TiB'], [2 ** 30, 'GiB'], [2 ** 20, 'MiB']];

/** An amount of a resource in few characters: memory and disk are bytes. */
export function amount(name, n) {
  const unit = /memory|disk/.test(name) ? UNITS.find(([size]) => n >= size) : undefined;
  return unit === undefined ? count(n) : `${count(Math.round((10 * n) / unit[0]) / 10)} ${unit[1]}`;
}
