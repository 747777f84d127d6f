import { verdict } from './verdict.js';

let connected = true;
let kind = null;

/** Tells users of screen readers the news: the connection, and how things stand; never figures that move. */
export function announce(region, live) {
  if (live.state === 'lost' && connected) {
    connected = false;
    region.textContent = 'Connection lost. Trying again.';
  }
  if (live.state !== 'live') {
    return;
  }
  const [headline] = verdict(live.overview);
  if (kind !== null && headline.kind !== kind) {
    region.textContent = headline.text;
  } else if (!connected) {
    region.textContent = 'Connected again.';
  }
  connected = true;
  kind = headline.kind;
}
