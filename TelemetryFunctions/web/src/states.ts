/** What the page shows when there are no charts to show. */
import { at, site, type Metric } from './api.js';
import { h, label } from './dom.js';
import { inLanguage, text } from './texts.js';

const command = (line: string, name: string): HTMLElement => h('pre', { tabindex: '0', role: 'region', 'aria-label': name }, h('code', {}, line));

const randomId = (): string => {
  // Outside https and localhost there is no randomUUID. Of version 4: one of version 8 is made of a key, and is refused without it.
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
};

export const renderFirstRun = (metrics: readonly Metric[]): HTMLElement => {
  const report = `{"systemId": "${randomId()}",\n       "components": [{"name": "core", "version": "1.0.0"}]}`;
  return h(
    'section', { class: 'notice' },
    h('h2', {}, text('charts.noDataYet')),
    h('p', {}, text('charts.sendFirst')),
    command(`curl ${site.href} \\\n  -H 'Content-Type: application/json' \\\n  -d '${report}'`, text('charts.sendCommand')),
    h('p', {}, text('charts.eachDay')),
    h('p', {}, text('charts.inDevelopment')),
    command(`curl -X PUT ${site.href}`, text('charts.summarizeCommand')),
    h('h3', {}, text('charts.whatWillAppear')),
    h('ul', { class: 'coming' }, ...metrics.map(({ title, question, catalogue }) =>
      h('li', {}, h('a', { href: inLanguage(at(catalogue)).href }, label(title)), question && ` – ${question}`))),
  );
};

export const renderError = (error: unknown, onRetry: () => void): HTMLElement => {
  const retry = h('button', { type: 'button', class: 'primary' }, text('charts.tryAgain'));
  retry.addEventListener('click', onRetry);
  return h(
    'section', { class: 'notice', role: 'alert' },
    h('h2', {}, text('charts.notLoaded')),
    h('p', {}, error instanceof Error ? error.message : text('charts.notReached')),
    retry,
  );
};
