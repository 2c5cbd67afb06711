/** The foot of a chart: what it counts, its entry in the catalogue, its data and its address to take away. */
import { at, chartHref, type Metric } from './api.js';
import { copyButton } from './copy.js';
import { h, type Child } from './dom.js';
import { isoDay } from './format.js';
import { titleOf, type ChartModel } from './model.js';

export const fileName = (metric: Metric, extension: string): string => `${metric.id.replaceAll(/[^\w.-]+/g, '-')}.${extension}`;

export class Actions {
  readonly element: HTMLElement;
  readonly #counted = h('span', { class: 'counted' });
  readonly #csv: HTMLAnchorElement;
  readonly #json: HTMLAnchorElement;

  constructor(metric: Metric, onPng: () => void, link: () => string) {
    const title = titleOf(metric);
    const file = (text: string): HTMLAnchorElement =>
      h('a', { download: fileName(metric, text.toLowerCase()), 'aria-label': `${text} of ${title}` }, text);
    this.#csv = file('CSV');
    this.#json = file('JSON');
    const png = h('button', { type: 'button', class: 'link', 'aria-label': `PNG of ${title}` }, 'PNG');
    png.addEventListener('click', onPng);
    this.element = h(
      'footer', {},
      h('p', {}, this.#counted, h('a', { href: at(metric.catalogue).href, 'aria-label': `About ${title}` }, 'About'),
        metric.kind === 'versions' && ' ',
        metric.kind === 'versions' && h('a', { href: pathOf(metric, 'adoption').href, 'aria-label': `Adoption of ${title}` }, 'Adoption')),
      h('p', { class: 'files' }, this.#csv, this.#json, png,
        copyButton('Link', `Link to ${title}`, link),
        copyButton('Embed', `Embed ${title}`, () => embedding(metric))),
    );
  }

  /** Points the downloads at the days and the breakdown that are shown. */
  use(metric: Metric, model: ChartModel, by: string | null, counted: readonly Child[]): void {
    const [first, last] = [model.times[0], model.times.at(-1)];
    const query = {
      by,
      from: first === undefined ? null : isoDay(first),
      to: last === undefined ? null : isoDay(last),
    };
    this.#counted.replaceChildren(...counted.filter((child): child is Node | string => Boolean(child)));
    this.#csv.href = at(chartHref(metric, { ...query, format: 'csv' })).href;
    this.#json.href = at(chartHref(metric, query)).href;
  }
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

const attribute = (text: string): string => text.replaceAll(/[&"<>]/g, (character) => escapes[character] ?? character);

/** A page about a chart, which is named as the chart is. */
const pathOf = (metric: Metric, page: string): URL => at(metric.href.replace(/^\/charts\//, `/${page}/`));

/** What shows a chart in a page of someone else. */
const embedding = (metric: Metric): string =>
  `<iframe src="${attribute(pathOf(metric, 'embed').href)}" title="${attribute(titleOf(metric))}" width="640" height="400" loading="lazy" style="border:0"></iframe>`;
