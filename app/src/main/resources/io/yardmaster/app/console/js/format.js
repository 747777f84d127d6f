const LOCALE = 'en';
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(LOCALE, { month: 'short', day: 'numeric' });

export const NONE = '–';

/** A count with all its digits. */
export const count = n => (n === null || n === undefined ? NONE : whole.format(n));

/** A count that fits everywhere: all digits below a hundred thousand. */
export const short = n => (n < 100_000 ? count(n) : compact.format(n));

export const rate = n => (n === null ? NONE : n >= 100 ? short(n) : oneDigit.format(n));

/** `1 job`, `2 jobs`. */
export const counted = (n, noun) => `${count(n)} ${noun}${n === 1 ? '' : 's'}`;

/** A duration in the unit that suits it. */
export function duration(ms) {
  if (ms === null || ms === undefined) {
    return NONE;
  }
  if (ms < 1_000) {
    return `${whole.format(ms)} ms`;
  }
  const units = [[86_400_000, 'd'], [3_600_000, 'h'], [60_000, 'min'], [1_000, 's']];
  const [size, unit] = units.find(([size]) => ms >= size);
  const n = ms / size;
  return `${n < 10 ? oneDigit.format(n) : whole.format(n)} ${unit}`;
}

/** The time of day, and the day as well if that is not today. */
export function time(ms, now) {
  if (ms === null || ms === undefined) {
    return NONE;
  }
  const at = new Date(ms);
  const today = new Date(now).toDateString() === at.toDateString();
  return today ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`;
}

/** Long ids differ at their end. */
export const shortId = id => (id === null ? NONE : id.length > 9 ? `…${id.slice(-6)}` : id);

export const percent = (part, of) => (of > 0 ? `${Math.floor((100 * part) / of)} %` : NONE);

/** `0–3, 7`. */
export function ranges(numbers) {
  const parts = [];
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && last.to === n - 1) {
      last.to = n;
    } else {
      parts.push({ from: n, to: n });
    }
  }
  return parts.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
