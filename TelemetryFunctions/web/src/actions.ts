/** The foot of a chart: what it counts, its entry in the catalogue, its data to take away. */
import { at, chartHref, type Metric } from './api.js';
import { h, type Child } from './dom.js';
import { isoDay } from './format.js';
import type { ChartModel } from './model.js';

export const fileName = (metric: Metric, extension: string): string => `${metric.id.replaceAll(/[^\w.-]+/g, '-')}.${extension}`;

export class Actions {
  readonly element: HTMLElement;
  readonly #metric: Metric;
  readonly #counted = h('span', { class: 'counted' });
  readonly #csv: HTMLAnchorElement;
  readonly #json: HTMLAnchorElement;

  constructor(metric: Metric, onPng: () => void) {
    this.#metric = metric;
    const link = (text: string): HTMLAnchorElement =>
      h('a', { download: fileName(metric, text.toLowerCase()), 'aria-label': `${text} of ${metric.title}` }, text);
    this.#csv = link('CSV');
    this.#json = link('JSON');
    const png = h('button', { type: 'button', class: 'link', 'aria-label': `PNG of ${metric.title}` }, 'PNG');
    png.addEventListener('click', onPng);
    this.element = h(
      'footer', {},
      h('p', {}, this.#counted, h('a', { href: at(metric.catalogue).href, 'aria-label': `About ${metric.title}` }, 'About')),
      h('p', { class: 'files' }, this.#csv, this.#json, png),
    );
  }

  /** Points the downloads at the days and the breakdown that are shown. */
  use(model: ChartModel, by: string | null, counted: readonly Child[]): void {
    const [first, last] = [model.times[0], model.times.at(-1)];
    const query = {
      by,
      from: first === undefined ? null : isoDay(first),
      to: last === undefined ? null : isoDay(last),
    };
    this.#counted.replaceChildren(...counted.filter((child): child is Node | string => Boolean(child)));
    this.#csv.href = at(chartHref(this.#metric, { ...query, format: 'csv' })).href;
    this.#json.href = at(chartHref(this.#metric, query)).href;
  }
}
