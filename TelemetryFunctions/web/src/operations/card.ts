/** One chart of the dashboard. */
import { h, label, replace, segmented } from '../dom.js';
import { formatKnown, formatNumber } from '../format.js';
import { renderLegend } from '../legend.js';
import { readingOrder, type ChartModel } from '../model.js';
import { Plot } from '../plot.js';
import { Readout } from '../readout.js';
import { TableDetails } from '../table.js';
import { readTheme } from '../theme.js';
import { chartOf } from './chart.js';
import { texts, type Panel } from './panels.js';
import type { Period } from './period.js';
import { rollupHref, type Rollup } from './rollup.js';

interface Shown {
  readonly rollup: Rollup;
  readonly period: Period;
  readonly now: number;
}

export class PanelCard {
  readonly element: HTMLElement;
  readonly panel: Panel;
  readonly #summary = h('p', { class: 'summary' });
  readonly #plot = new Plot(h('canvas', { 'aria-hidden': 'true' }));
  readonly #box = h('div', { class: 'plot', tabindex: '0', role: 'group' }, this.#plot.canvas);
  readonly #readout = new Readout(this.#box, this.#plot);
  readonly #legend = h('div', { class: 'legend-box' });
  readonly #table: TableDetails;
  readonly #files: readonly HTMLAnchorElement[];
  readonly #foot: HTMLElement;
  #value: string;
  #only: string | null = null;
  #shown: Shown | null = null;

  constructor(panel: Panel) {
    this.panel = panel;
    this.#value = panel.choices[0]?.value ?? '';
    this.#table = new TableDetails(panel.title, false, () => undefined);
    this.#files = ['CSV', 'JSON'].map((text) => h('a', { download: `${panel.rollup}.${text.toLowerCase()}`, 'aria-label': `${text} of ${panel.title}` }, text));
    this.#foot = h('footer', {}, h('p', {}), h('p', { class: 'files' }, ...this.#files));
    const choices = panel.choices.length > 1 && h('div', { class: 'switches' }, segmented(texts.valueOf + panel.title, panel.choices, this.#value, (value) => {
      this.#value = value;
      this.#only = null;
      this.render();
    }));
    this.element = h(
      'article', { class: 'card', id: panel.id, 'aria-labelledby': `${panel.id}-title`, 'aria-busy': 'true' },
      h('header', {},
        h('h3', { id: `${panel.id}-title` }, h('a', { href: `#${panel.id}` }, label(panel.title))),
        h('p', { class: 'question' }, panel.question),
        choices),
      this.#summary, this.#box, this.#legend, this.#table.element, this.#foot,
    );
  }

  use(rollup: Rollup, period: Period, now: number): void {
    this.#shown = { rollup, period, now };
    this.element.removeAttribute('aria-busy');
    this.render();
  }

  fail(error: unknown, onRetry: () => void): void {
    const retry = h('button', { type: 'button', class: 'link' }, texts.again);
    retry.addEventListener('click', onRetry);
    this.element.removeAttribute('aria-busy');
    this.element.classList.add('failed');
    this.#summary.replaceChildren(`${texts.failed}${error instanceof Error ? error.message : ''} `, retry);
  }

  /** Draws what is here, in the colours of now. */
  render(): void {
    if (!this.#shown) return;
    const { rollup, period, now } = this.#shown;
    const model = chartOf(this.panel, this.#value, rollup, period, now, readTheme());
    const isEmpty = model.series.length === 0;
    const only = model.series.some((series) => series.label === this.#only) ? this.#only : null;
    this.element.classList.remove('failed');
    this.element.classList.toggle('empty', isEmpty);
    this.#box.hidden = this.#legend.hidden = this.#table.element.hidden = this.#foot.hidden = isEmpty;
    replace(this.#summary, isEmpty ? [texts.nothing] : this.#words(model));
    if (isEmpty) return;

    this.#box.setAttribute('aria-label', `${model.title}. ${this.#summary.textContent} ${texts.keys}`);
    this.#renderLegend(model, only);
    this.#plot.draw('time', model, readTheme(), only);
    this.#readout.use(model, only);
    this.#table.use(model);
    this.#files.forEach((file, i) => {
      file.href = rollupHref(this.panel.rollup, period, i === 0 ? 'csv' : 'json');
    });
  }

  #renderLegend(model: ChartModel, only: string | null): void {
    const series = model.series.length > 1 ? readingOrder(model) : [];
    replace(this.#legend, [renderLegend(model, { series, only, all: false }, {
      isolate: (chosen) => {
        this.#only = chosen;
        this.render();
      },
      toggleAll: null,
    })]);
  }

  /** How many there were, or, of what does not add up, the newest number. */
  #words({ whole, series, totals, unit }: ChartModel): readonly (Node | string)[] {
    if (whole) return [h('strong', {}, formatNumber(totals.reduce<number>((sum, total) => sum + (total ?? 0), 0))), ` ${unit}`];
    if (this.panel.kind === 'counts') {
      const sums = series.toReversed().map(({ name, values }) => `${name} ${formatNumber(values.reduce<number>((sum, value) => sum + (value ?? 0), 0))}`);
      return [sums.join(', ')];
    }
    const first = series.find((one) => one.label === this.panel.labels?.[0]) ?? series.at(-1);
    const newest = first?.values.findLast((value) => value !== null);
    return [texts.newest, h('strong', {}, formatKnown(newest)), ` ${unit}`, ...(series.length > 1 && first ? [', ', label(first.name)] : [])];
  }
}
