/** One chart of the page. It is drawn when it comes near the screen. */
import { fetchChart, type ChartData, type Days, type Metric } from './api.js';
import { Actions, fileName } from './actions.js';
import { isUpright, partsOf } from './distribution.js';
import { h, replace } from './dom.js';
import { renderHeading, renderSwitches } from './head.js';
import { renderLegend } from './legend.js';
import { buildModel, isSingle, readingOrder, titleOf, type ChartModel, type DrawnSeries } from './model.js';
import { Plot } from './plot.js';
import { drawPng, savePng } from './png.js';
import { covers, coversBefore } from './range.js';
import { Readout } from './readout.js';
import { renderCompared, renderCounted, renderSummary } from './summary.js';
import { TableDetails } from './table.js';
import { text } from './texts.js';
import { readTheme } from './theme.js';
import type { ChartView, Mode, View } from './view.js';

interface Shown {
  readonly model: ChartModel;
  /** The series that is shown alone. */
  readonly only: string | null;
}

/** What all cards of a page share. */
export interface Context {
  readonly days: Days;
  readonly view: View;
  readonly product: string;
  /** The number of active systems on a day, or null. */
  readonly activeAt: (time: number) => number | null;
}

export class ChartCard {
  readonly element: HTMLElement;
  readonly #metric: Metric;
  readonly #context: Context;
  readonly #switches = h('div', { class: 'switches' });
  readonly #summary = h('p', { class: 'summary' });
  readonly #box: HTMLElement;
  readonly #legend = h('div', { class: 'legend-box' });
  readonly #table: TableDetails;
  readonly #actions: Actions;
  readonly #plot = new Plot(h('canvas', { 'aria-hidden': 'true' }));
  readonly #readout: Readout;
  /** Every day and label of a breakdown, fetched when it is asked for. */
  readonly #full = new Map<string | null, ChartData>();
  #shown: Shown | null = null;
  #isNear = false;
  #isDrawn = false;
  #request = 0;

  constructor(metric: Metric, context: Context) {
    this.#metric = metric;
    this.#context = context;
    const { view } = context;
    this.#box = h('div', { class: 'plot', tabindex: '0' }, this.#plot.canvas);
    this.#readout = new Readout(this.#box, this.#plot);
    this.#table = new TableDetails(titleOf(metric), this.#chosen.table, (table) => view.change(metric.id, { table }));
    this.#actions = new Actions(metric, () => this.#save(), () => view.linkTo(metric.id));
    this.element = h(
      'article', { class: 'card', id: metric.id, 'aria-labelledby': `${metric.id}-title` },
      h('header', {}, renderHeading(metric), metric.question && h('p', { class: 'question' }, metric.question), this.#switches),
      this.#summary,
      this.#box,
      this.#legend,
      this.#table.element,
      this.#actions.element,
    );
    this.update();
  }

  get title(): string {
    return titleOf(this.#metric);
  }

  get #chosen(): ChartView {
    return this.#context.view.of(this.#metric.id);
  }

  /** A link can ask for a breakdown that there is not. */
  get #by(): string | null {
    const { by } = this.#chosen;
    return by !== null && this.#metric.breakdowns.includes(by) ? by : this.#metric.by;
  }

  /** The metric whose breakdown is shown. */
  get #part(): Metric {
    return this.#metric.parts?.get(this.#by ?? '') ?? this.#metric;
  }

  get #mode(): Mode {
    const { shape, series } = this.#part;
    // Two periods of many parts are compared bar by bar.
    const bars = shape === 'bars' || (this.#context.view.compare && shape === 'share' && series.length > 1);
    return this.#chosen.mode ?? (bars ? 'day' : 'time');
  }

  get isNear(): boolean {
    return this.#isNear;
  }

  /** Drawing is what takes time, so it waits until the card is near the screen. */
  set isNear(isNear: boolean) {
    this.#isNear = isNear;
    if (!isNear) return;
    if (this.#data === null) void this.#load(this.#by);
    else if (!this.#isDrawn) this.#draw();
  }

  /** Draws whether or not it is near, for paper. */
  drawNow(): void {
    this.#isNear = true;
    this.#draw();
  }

  /** Shows what the view says, after fetching what that needs and is not here. */
  update(): void {
    this.element.classList.toggle('wide', this.#chosen.wide);
    const data = this.#data;
    if (data) this.#render(data);
    else if (this.#isNear || this.#shown === null) void this.#load(this.#by);
  }

  /** What is here of what the view asks for, or null. */
  get #data(): ChartData | null {
    const { days, view } = this.#context;
    const by = this.#by;
    const part = this.#part;
    const full = this.#full.get(by);
    if (full) return full;
    // Bars are of one day, which is always there.
    const isThere = !this.#chosen.all && (by === part.by || by === this.#metric.by)
      && covers(days.times, view.range) && (!view.compare || coversBefore(days.times, view.range));
    return isThere ? { ...days, series: part.series, ...(part.counted ? { counted: part.counted } : {}) } : null;
  }

  #change(change: Partial<ChartView>): void {
    this.#context.view.change(this.#metric.id, change);
    this.update();
  }

  #render(data: ChartData): void {
    const { view, activeAt } = this.#context;
    const { all, lines, log, only: asked } = this.#chosen;
    const [by, mode] = [this.#by, this.#mode];
    const model = buildModel(this.#part, data, { range: view.range, percent: view.percent, compare: view.compare, all, by, mode, lines, log }, readTheme());
    const only = model.series.some(({ label }) => label === asked) ? asked : null;
    const empty = model.times.length === 0 || model.series.length === 0;
    this.#shown = { model, only };
    this.element.classList.remove('failed');
    this.element.classList.toggle('empty', empty);
    this.#box.hidden = this.#table.element.hidden = this.#actions.element.hidden = this.#legend.hidden = empty;
    replace(this.#summary, empty ? [text('charts.noDataInRange')] : renderSummary(model, only));
    this.#renderSwitches(model);
    if (empty) return;

    this.#describe(model);
    this.#size(model);
    this.#renderLegend(model, only);
    this.#draw();
    this.#table.use(model);
    this.#actions.use(this.#part, model, by === this.#metric.by ? this.#part.by : by, renderCounted(model, activeAt(model.every.times[model.lastClosed] ?? 0)));
  }

  #draw(): void {
    this.#isDrawn = false;
    if (!this.#isNear || !this.#shown || this.#box.hidden) return;
    const { model, only } = this.#shown;
    this.#plot.draw(this.#mode, model, readTheme(), only);
    this.#readout.use(model, only);
    this.#isDrawn = true;
  }

  #renderSwitches(model: ChartModel): void {
    const stackable = model.whole && !isSingle(model);
    const switches = { mode: this.#mode, by: this.#by, view: this.#chosen, stackable, stacked: model.stacked };
    replace(this.#switches, renderSwitches(this.#metric, switches, (change) => this.#change(change)));
  }

  #renderLegend(model: ChartModel, only: string | null): void {
    const { all } = this.#chosen;
    const legend = renderLegend(model, { series: this.#unnamed(model), only, all }, {
      isolate: (label) => this.#change({ only: label }),
      toggleAll: all || model.folded ? () => this.#change({ all: !all }) : null,
    });
    replace(this.#legend, [legend, renderCompared(model, this.#mode)]);
  }

  /** The series that the drawing does not name itself. */
  #unnamed(model: ChartModel): readonly DrawnSeries[] {
    const [only] = model.series;
    const isNamed = isSingle(model) && only?.name === model.unit;
    return this.#mode === 'time' && !isNamed ? readingOrder(model).filter(({ values }) => values.some((value) => value !== null && value !== 0)) : [];
  }

  /** What a screen reader says in place of the drawing. */
  #describe(model: ChartModel): void {
    const overTime = this.#mode === 'time';
    this.#box.setAttribute('role', overTime ? 'group' : 'img');
    const how = overTime ? ` ${text('charts.arrowKeys')}` : '';
    this.#box.setAttribute('aria-label', `${model.title}. ${this.#summary.textContent}${how}`);
  }

  /** Bars that lie need a row each. */
  #size(model: ChartModel): void {
    const lying = this.#mode === 'day' && !isUpright(model);
    this.#box.style.height = lying ? `${Math.max(9, 4 + partsOf(model).length * (model.before ? 2.4 : 1.6))}rem` : '';
  }

  #save(): void {
    if (!this.#shown) return;
    const { model, only } = this.#shown;
    const { clientWidth: width, clientHeight: height } = this.#box;
    const theme = readTheme();
    const picture = drawPng({
      model, only, theme, width, height,
      summary: this.#summary.textContent,
      product: this.#context.product,
      draw: (context, x, y) => this.#plot.copyTo(context, x, y, this.#mode, model, theme, only),
    });
    savePng(picture, fileName(this.#metric, 'png'));
  }

  async #load(by: string | null): Promise<void> {
    const request = ++this.#request;
    this.element.setAttribute('aria-busy', 'true');
    try {
      const data = await fetchChart(this.#part, by === this.#metric.by ? this.#part.by : by);
      if (request !== this.#request) return;
      this.#full.set(by, data);
      this.update();
    } catch (error) {
      if (request === this.#request) this.#fail(error);
    } finally {
      if (request === this.#request) this.element.removeAttribute('aria-busy');
    }
  }

  #fail(error: unknown): void {
    const retry = h('button', { type: 'button', class: 'link' }, text('charts.tryAgain'));
    retry.addEventListener('click', () => this.update());
    this.element.classList.add('failed');
    this.#summary.replaceChildren(`${text('charts.chartNotLoaded', { reason: error instanceof Error ? error.message : '' })} `, retry);
  }
}
