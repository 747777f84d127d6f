import { html } from './html.js';
import { DeadLettersPage } from './dead-letters/dead-letters-page.js';
import { HostsPage } from './hosts/hosts-page.js';
import { JobPage } from './jobs/job-page.js';
import { JobsPage } from './jobs/jobs-page.js';
import { overviewPage } from './overview/overview-page.js';
import { PolicyPage } from './policy/policy-page.js';

/**
 * The page at a route: its `title`, the `section` of the navigation that it belongs to, and `view(overview, now)`, the
 * overview being null before the first one has come. `refresh()`, where there is one, is called for each new overview.
 */
export function pageFor({ path, query }, redraw) {
  const [section, id, ...rest] = path;
  if (section === undefined) {
    return overviewPage;
  }
  if (section === 'jobs' && id !== undefined && rest.length === 0) {
    return new JobPage(id, redraw);
  }
  if (section === 'jobs' && id === undefined) {
    return new JobsPage(query, redraw);
  }
  if (section === 'dead-letters' && id === undefined) {
    return new DeadLettersPage(query, redraw);
  }
  if (section === 'hosts' && rest.length === 0) {
    return new HostsPage(id, query, redraw);
  }
  if (section === 'policy' && id === undefined) {
    return new PolicyPage(redraw);
  }
  return {
    title: 'Not found',
    section: '',
    view: () => html`<h1>There is no such page</h1><p><a href="#/">To the overview</a></p>`,
  };
}
