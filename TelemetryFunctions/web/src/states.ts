/** What the page shows when there are no charts to show. */
import { h } from './dom.js';

const command = (text: string): HTMLElement => h('pre', { tabindex: '0' }, h('code', {}, text));

export const renderFirstRun = (): HTMLElement => {
  const site = `${location.origin}/`;
  // Outside https and localhost there is no randomUUID.
  const id = crypto.randomUUID?.() ?? '6f9c3a52-8f0e-4d6c-9a51-2b7d4e1c0f33';
  const report = `{"systemId": "${id}",\n       "components": [{"name": "core", "version": "1.0.0"}]}`;
  return h(
    'section', { class: 'notice' },
    h('h2', {}, 'No data yet'),
    h('p', {}, 'Send a first report:'),
    command(`curl ${site} \\\n  -H 'Content-Type: application/json' \\\n  -d '${report}'`),
    h('p', {}, 'Each day is summarized when it is over: charts of today’s reports appear here shortly after midnight UTC.'),
    h('p', {}, 'In development, today so far can be summarized at once:'),
    command(`curl -X PUT ${site}`),
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
