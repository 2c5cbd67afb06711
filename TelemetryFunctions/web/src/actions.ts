/** The foot of a chart: what it counts, its entry in the catalogue, its data and its address to take away. */
import { at, chartHref, type Metric } from './api.js';
import { copyButton } from './copy.js';
import { h } from './dom.js';
import { isoDay } from './format.js';
import { titleOf, type ChartModel } from './model.js';
import { inLanguage, language, text } from './texts.js';

export const fileName = (metric: Metric, extension: string): string => `${metric.id.replaceAll(/[^\w.-]+/g, '-')}.${extension}`;

export class Actions {
  readonly element: HTMLElement;
  readonly #counted = h('span', { class: 'counted' });
  readonly #csv: HTMLAnchorElement;
  readonly #json: HTMLAnchorElement;

  constructor(metric: Metric, onPng: () => void, link: () => string) {
    const title = titleOf(metric);
    const file = (name: string): HTMLAnchorElement =>
      h('a', { download: fileName(metric, name.toLowerCase()), 'aria-label': text('charts.fileOf', { file: name, title }) }, name);
    this.#csv = file('CSV');
    this.#json = file('JSON');
    const png = h('button', { type: 'button', class: 'link', 'aria-label': text('charts.fileOf', { file: 'PNG', title }) }, 'PNG');
    png.addEventListener('click', onPng);
    this.element = h(
      'footer', {},
      h('p', {}, this.#counted, h('a', { href: inLanguage(at(metric.catalogue)).href, 'aria-label': text('charts.aboutOf', { title }) }, text('charts.about')),
        metric.kind === 'versions' && ' ',
        metric.kind === 'versions' && h('a', { href: inLanguage(pathOf(metric, 'adoption')).href, 'aria-label': text('charts.adoptionOf', { title }) }, text('charts.adoption'))),
      h('p', { class: 'files' }, this.#csv, this.#json, png,
        copyButton(text('charts.link'), text('charts.linkTo', { title }), link),
        copyButton(text('charts.embed'), text('charts.embedOf', { title }), () => embedding(metric))),
    );
  }

  /** Points the downloads at the days and the breakdown that are shown. */
  use(metric: Metric, model: ChartModel, by: string | null, counted: string): void {
    const [first, last] = [model.times[0], model.times.at(-1)];
    const query = {
      by,
      compare: model.before ? 'previous' : null,
      from: first === undefined ? null : isoDay(first),
      to: last === undefined ? null : isoDay(last),
    };
    this.#counted.textContent = `${counted} `;
    this.#csv.href = at(chartHref(metric, { ...query, format: 'csv' })).href;
    this.#json.href = at(chartHref(metric, query)).href;
  }
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

const attribute = (value: string): string => value.replaceAll(/[&"<>]/g, (character) => escapes[character] ?? character);

/** A page about a chart, which is named as the chart is. */
const pathOf = (metric: Metric, page: string): URL => at(metric.href.replace(/^\/charts\//, `/${page}/`));

/** What shows a chart in a page of someone else, in the language of this one. */
const embedding = (metric: Metric): string =>
  `<iframe src="${attribute(`${pathOf(metric, 'embed').href}?lang=${language}`)}" title="${attribute(titleOf(metric))}" width="640" height="400" loading="lazy" style="border:0"></iframe>`;
