/** One chart of the page. It loads when it comes near the screen. */
import { fetchChart, hasVersionDetail, type ChartDocument, type ChartInfo, type VersionDetail } from './api.js';
import { h, label, segmented } from './dom.js';
import { renderLegend } from './legend.js';
import { buildModel } from './model.js';
import { readTheme } from './palette.js';
import { Plot } from './plot.js';
import type { Range } from './range.js';
import { Readout } from './readout.js';
import { renderSummary } from './summary.js';
import { TableDetails } from './table.js';

let nextId = 0;

export class ChartCard {
  readonly element: HTMLElement;
  readonly #info: ChartInfo;
  readonly #summary = h('p', { class: 'summary' }, 'Loading…');
  readonly #box: HTMLElement;
  readonly #legend = h('div', { class: 'legend-box' });
  readonly #table = new TableDetails();
  readonly #canvas = h('canvas', { 'aria-hidden': 'true' });
  readonly #plot = new Plot(this.#canvas);
  readonly #readout: Readout;
  #document: ChartDocument | null = null;
  #detail: VersionDetail = 'xy';
  #isolated: string | null = null;
  #range: Range;
  #visible = false;
  #request = 0;

  /** @param document The chart's document where the page has it already. */
  constructor(info: ChartInfo, range: Range, document: ChartDocument | null = null) {
    this.#info = info;
    this.#range = range;
    this.#document = document;
    const id = `chart-${nextId++}`;
    const description = `${info.title}. Arrow keys read the values of a day; the table below has them all.`;
    this.#box = h('div', { class: 'plot', role: 'group', tabindex: '0', 'aria-label': description }, this.#canvas);
    this.#readout = new Readout(this.#box, this.#plot);
    this.element = h(
      'article', { class: 'card', 'aria-labelledby': id },
      h('header', {}, h('h3', { id }, label(info.title)), hasVersionDetail(info) && this.#switch()),
      this.#summary,
      this.#box,
      this.#legend,
      this.#table.element,
    );
  }

  setRange(range: Range): void {
    this.#range = range;
    this.render();
  }

  /** Called once, when the card comes near the screen. */
  async appear(): Promise<void> {
    this.#visible = true;
    if (this.#document) this.render();
    else await this.#load();
  }

  render(): void {
    const document = this.#document;
    if (!document || !this.#visible) return;
    const theme = readTheme();
    const model = buildModel(document, this.#range, theme);
    if (!model.series.some((series) => series.label === this.#isolated)) this.#isolated = null;
    const empty = model.times.length === 0 || model.series.length === 0;
    this.element.classList.toggle('empty', empty);
    this.#box.hidden = this.#table.element.hidden = empty;
    this.#summary.replaceChildren(...(empty ? ['No data yet'] : renderSummary(model)));
    this.#legend.replaceChildren();
    if (empty) return;

    const legend = renderLegend(model, this.#isolated, (isolated) => this.#isolate(isolated));
    if (legend) this.#legend.append(legend);
    this.#plot.draw(model, theme, this.#isolated);
    this.#readout.use(model);
    this.#table.use(model);
  }

  #isolate(isolated: string | null): void {
    const buttons = (): HTMLButtonElement[] => [...this.#legend.querySelectorAll('button')];
    const focused = buttons().findIndex((button) => button === document.activeElement);
    this.#isolated = isolated;
    this.render();
    buttons()[focused]?.focus();
  }

  #switch(): HTMLElement {
    return segmented<VersionDetail>(
      `Detail of versions, ${this.#info.title}`,
      [['xy', 'x.y', 'Major and minor version'], ['xyz', 'x.y.z', 'With the patch version']],
      this.#detail,
      (detail) => {
        this.#detail = detail;
        void this.#load();
      },
    );
  }

  async #load(): Promise<void> {
    const request = ++this.#request;
    this.element.setAttribute('aria-busy', 'true');
    try {
      const document = await fetchChart(this.#info, this.#detail);
      if (request !== this.#request) return;
      this.#document = document;
      this.element.classList.remove('failed');
      this.render();
    } catch (error) {
      if (request === this.#request) this.#fail(error);
    } finally {
      if (request === this.#request) this.element.removeAttribute('aria-busy');
    }
  }

  #fail(error: unknown): void {
    const retry = h('button', { type: 'button', class: 'link' }, 'Try again');
    retry.addEventListener('click', () => void this.#load());
    this.element.classList.add('failed');
    this.#summary.replaceChildren(`This chart could not be loaded. ${error instanceof Error ? error.message : ''} `, retry);
  }
}
