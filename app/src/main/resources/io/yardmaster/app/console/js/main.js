import { nothing, render } from './html.js';
import { announce } from './announce.js';
import { connection, lostBanner } from './connection.js';
import { footer } from './footer.js';
import { Live } from './live.js';
import { pageFor } from './pages.js';
import { jobHref, route } from './routes.js';
import { themeButton } from './theme.js';

const element = id => document.getElementById(id);
const main = element('main');

let page = null;
let drawing = false;

main.replaceChildren();
themeButton(element('theme'), () => dispatchEvent(new Event('themechange')));
element('find').addEventListener('submit', find);
element('skip').addEventListener('click', skip);
addEventListener('redraw', draw);
addEventListener('hashchange', () => open(true));

const live = new Live('api/events', () => {
  if (live.state === 'live') {
    page?.refresh?.();
  }
  announce(element('announcements'), live);
  draw();
});
open(false);
live.start();

/** Draws the present state, at most once a frame. */
function draw() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(drawNow);
  }
}

function drawNow() {
  drawing = false;
  const { overview, state } = live;
  document.title = `${page.title} · Yardmaster`;
  document.body.classList.toggle('stale', state === 'lost');
  render(connection(state), element('connection'));
  render(lostBanner(live), element('banner'));
  render(overview ? footer(overview) : nothing, element('footer'));
  render(page.view(overview, live.now()), main);
}

function open(byUser) {
  page = pageFor(route(), draw);
  page.refresh?.();
  for (const link of element('nav').children) {
    if (link.getAttribute('href') === page.section) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  draw();
  if (byUser && !page.keepsFocus) {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
}

function find(event) {
  event.preventDefault();
  const input = event.target.elements.job;
  const job = input.value.trim();
  if (job !== '') {
    input.value = '';
    location.hash = jobHref(job);
  }
}

// The part behind # is the page's address, so the browser's own way would leave the page.
function skip(event) {
  event.preventDefault();
  main.focus();
  main.scrollIntoView();
}
