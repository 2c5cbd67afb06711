/** One chart of the page. It is drawn when it comes near the screen. */
import { fetchChart, type Days, type Metric, type Series } from './api.js';
import { Actions, fileName } from './actions.js';
import { isDoughnut, isUpright, partsOf } from './distribution.js';
import { h, type Child } from './dom.js';
import { other } from './labels.js';
import { renderLegend } from './legend.js';
import { buildModel, isSingle, readingOrder, type ChartModel, type DrawnSeries } from './model.js';
import { Plot } from './plot.js';
import { drawPng, savePng } from './png.js';
import { Readout } from './readout.js';
import { renderHeading, renderSwitches } from './head.js';
import { renderCounted, renderSummary } from './summary.js';
import { TableDetails } from './table.js';
import { readTheme } from './theme.js';
import type { ChartView, Mode, View } from './view.js';

interface Data {
  readonly by: string | null;
  readonly days: Days;
  readonly series: readonly Series[];
}

interface Shown {
  readonly model: ChartModel;
  /** The series that is shown alone. */
  readonly only: string | null;
}

/** The number of active systems on a day, or null. */
export type ActiveAt = (time: number) => number | null;

export class ChartCard {
  readonly element: HTMLElement;
  readonly #metric: Metric;
  readonly #view: View;
  readonly #activeAt: ActiveAt;
  readonly #summary = h('p', { class: 'summary' });
  readonly #box: HTMLElement;
  readonly #legend = h('div', { class: 'legend-box' });
  readonly #table: TableDetails;
  readonly #actions: Actions;
  readonly #plot = new Plot(h('canvas', { 'aria-hidden': 'true' }));
  readonly #readout: Readout;
  /** The largest labels of the standard breakdown, from the overview. */
  readonly #overview: Data;
  /** Every label of a breakdown, fetched when it is asked for. */
  #full: Data | null = null;
  #shown: Shown | null = null;
  #visible = false;
  #request = 0;

  constructor(metric: Metric, days: Days, view: View, activeAt: ActiveAt) {
    this.#metric = metric;
    this.#view = view;
    this.#activeAt = activeAt;
    this.#overview = { by: metric.by, days, series: metric.series };
    this.#box = h('div', { class: 'plot', tabindex: '0' }, this.#plot.canvas);
    this.#readout = new Readout(this.#box, this.#plot);
    this.#table = new TableDetails(metric.title, this.#chosen.table, (table) => view.change(metric.id, { table }));
    this.#actions = new Actions(metric, () => this.#save());
    this.element = h(
      'article', { class: 'card', id: metric.id, 'aria-labelledby': `${metric.id}-title` },
      h('header', {}, renderHeading(metric), renderSwitches(metric, this.#mode, this.#by, (change) => this.#change(change))),
      this.#summary,
      this.#box,
      this.#legend,
      this.#table.element,
      this.#actions.element,
    );
    this.update();
  }

  get #chosen(): ChartView {
    return this.#view.of(this.#metric.id);
  }

  get #mode(): Mode {
    return this.#chosen.mode ?? (this.#metric.shape === 'bars' ? 'day' : 'time');
  }

  /** A link can ask for a breakdown that there is not. */
  get #by(): string | null {
    const { by } = this.#chosen;
    return by !== null && this.#metric.breakdowns.includes(by) ? by : this.#metric.by;
  }

  /** Called once, when the card comes near the screen: drawing is what takes time, so it waits until then. */
  appear(): void {
    this.#visible = true;
    this.#draw();
  }

  /** Shows what the view says, after fetching what that needs and is not here. */
  update(): void {
    const by = this.#by;
    if (by === this.#overview.by && !this.#chosen.all) this.#render(this.#overview);
    else if (this.#full?.by === by) this.#render(this.#full);
    else void this.#load(by);
  }

  #change(change: Partial<ChartView>): void {
    this.#view.change(this.#metric.id, change);
    this.update();
  }

  #render(data: Data): void {
    const { range, percent } = this.#view;
    const { all, only: asked } = this.#chosen;
    const model = buildModel(this.#metric, data.days, data.series, { range, percent, all, by: data.by }, readTheme());
    const only = model.series.some(({ label }) => label === asked) ? asked : null;
    const empty = model.times.length === 0 || model.series.length === 0;
    this.#shown = { model, only };
    this.element.classList.remove('failed');
    this.element.classList.toggle('empty', empty);
    this.#box.hidden = this.#table.element.hidden = this.#actions.element.hidden = this.#legend.hidden = empty;
    this.#summary.replaceChildren(...shown(empty ? ['No data in this range.'] : renderSummary(model)));
    if (empty) return;

    this.#describe(model);
    this.#size(model);
    this.#renderLegend(model, only);
    this.#draw();
    this.#table.use(model);
    const active = this.#activeAt(model.times.at(-1) ?? 0);
    this.#actions.use(model, data.by, renderCounted(model, active));
  }

  #draw(): void {
    if (!this.#visible || !this.#shown || this.#box.hidden) return;
    const { model, only } = this.#shown;
    this.#plot.draw(this.#mode, model, readTheme(), only);
    this.#readout.use(model, only);
  }

  #renderLegend(model: ChartModel, only: string | null): void {
    const buttons = (): HTMLButtonElement[] => [...this.#legend.querySelectorAll('button')];
    const focused = buttons().findIndex((button) => button === document.activeElement);
    const { all } = this.#chosen;
    const hasMore = !model.scale && (all || model.series.some((series) => series.label === other));
    const legend = renderLegend(model, { series: this.#unnamed(model), only, all }, {
      isolate: (label) => this.#change({ only: label }),
      toggleAll: hasMore ? () => this.#change({ all: !all }) : null,
    });
    this.#legend.replaceChildren(...(legend ? [legend] : []));
    buttons()[focused]?.focus();
  }

  /** The series that the drawing does not name itself. */
  #unnamed(model: ChartModel): readonly DrawnSeries[] {
    if (isSingle(model)) return [];
    if (this.#mode === 'time') return readingOrder(model);
    return isDoughnut(model) ? partsOf(model) : [];
  }

  /** What a screen reader says in place of the drawing. */
  #describe(model: ChartModel): void {
    const overTime = this.#mode === 'time';
    this.#box.setAttribute('role', overTime ? 'group' : 'img');
    const how = overTime ? ' Arrow keys read the values of a day; the table has them all.' : '';
    this.#box.setAttribute('aria-label', `${model.title}. ${this.#summary.textContent}${how}`);
  }

  /** Bars that lie need a row each. */
  #size(model: ChartModel): void {
    const lying = this.#mode === 'day' && !isUpright(model) && !isDoughnut(model);
    this.#box.style.height = lying ? `${Math.max(9, 2 + partsOf(model).length * 1.6)}rem` : '';
  }

  #save(): void {
    if (!this.#shown) return;
    savePng(drawPng(this.#plot.canvas, this.#shown.model, this.#summary.textContent, readTheme()), fileName(this.#metric, 'png'));
  }

  async #load(by: string | null): Promise<void> {
    const request = ++this.#request;
    this.element.setAttribute('aria-busy', 'true');
    try {
      const document = await fetchChart(this.#metric, by);
      if (request !== this.#request) return;
      this.#full = { by, days: document, series: document.series };
      this.update();
    } catch (error) {
      if (request === this.#request) this.#fail(error);
    } finally {
      if (request === this.#request) this.element.removeAttribute('aria-busy');
    }
  }

  #fail(error: unknown): void {
    const retry = h('button', { type: 'button', class: 'link' }, 'Try again');
    retry.addEventListener('click', () => this.update());
    this.element.classList.add('failed');
    this.#summary.replaceChildren(`This chart could not be loaded. ${error instanceof Error ? error.message : ''} `, retry);
  }
}

const shown = (children: readonly Child[]): (Node | string)[] => children.filter((child): child is Node | string => Boolean(child));
