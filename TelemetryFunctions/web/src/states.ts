/** What the page shows when there are no charts to show. */
import { at, site, type Metric } from './api.js';
import { h, label } from './dom.js';

const command = (text: string, name: string): HTMLElement => h('pre', { tabindex: '0', role: 'region', 'aria-label': name }, h('code', {}, text));

const randomId = (): string => {
  // Outside https and localhost there is no randomUUID.
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

export const renderFirstRun = (metrics: readonly Metric[]): HTMLElement => {
  const report = `{"systemId": "${randomId()}",\n       "components": [{"name": "core", "version": "1.0.0"}]}`;
  return h(
    'section', { class: 'notice' },
    h('h2', {}, 'No data yet'),
    h('p', {}, 'Send a first report:'),
    command(`curl ${site.href} \\\n  -H 'Content-Type: application/json' \\\n  -d '${report}'`, 'Command that sends a report'),
    h('p', {}, 'Each day is summarized when it is over: charts of today’s reports appear here shortly after midnight UTC.'),
    h('p', {}, 'In development, today so far can be summarized at once:'),
    command(`curl -X PUT ${site.href}`, 'Command that summarizes'),
    h('h3', {}, 'What will appear'),
    h('ul', { class: 'coming' }, ...metrics.map(({ title, question, catalogue }) =>
      h('li', {}, h('a', { href: at(catalogue).href }, label(title)), question && ` – ${question}`))),
  );
};

export const renderError = (error: unknown, onRetry: () => void): HTMLElement => {
  const retry = h('button', { type: 'button', class: 'primary' }, 'Try again');
  retry.addEventListener('click', onRetry);
  return h(
    'section', { class: 'notice', role: 'alert' },
    h('h2', {}, 'The charts could not be loaded'),
    h('p', {}, error instanceof Error ? error.message : 'The server could not be reached.'),
    retry,
  );
};
