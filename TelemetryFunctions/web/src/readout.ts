/**
 * Reads all values of a day: by pointer, by touch, which pins it, or by the arrow keys, which also say them to a screen reader. It stands
 * beside its day, and below the chart where there is no room: never upon what it reads.
 */
import { h, label, swatch } from './dom.js';
import { formatKnown, formatNumber, formatShare, formatWeekday, formatWindow } from './format.js';
import { renderMarks } from './marks.js';
import { isSingle, type ChartModel, type DrawnSeries } from './model.js';
import type { Plot } from './plot.js';
import { text } from './texts.js';

const nearest = (times: readonly number[], time: number): number => {
  let [low, high] = [0, times.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle;
    else high = middle;
  }
  return Math.abs((times[high] ?? 0) - time) < Math.abs((times[low] ?? 0) - time) ? high : low;
};

/** From the top of the stack, as the chart looks; of many, the largest. */
const rowsAt = (model: ChartModel, index: number): readonly DrawnSeries[] => {
  const present = model.series.filter(({ values }) => !model.whole || (values[index] ?? 0) > 0).toReversed();
  return present.length > mostRows ? present.toSorted((a, b) => (b.values[index] ?? 0) - (a.values[index] ?? 0)) : present;
};

/** As many rows as fit beside a chart. */
const mostRows = 14;

/** Between the day and what is said of it, in CSS pixels. */
const gap = 12;

export class Readout {
  readonly #box: HTMLElement;
  readonly #plot: Plot;
  readonly #line = h('div', { class: 'crosshair', hidden: true });
  readonly #panel = h('div', { class: 'readout', 'aria-hidden': 'true', hidden: true });
  readonly #spoken = h('p', { class: 'visually-hidden', 'aria-live': 'polite' });
  #model: ChartModel | null = null;
  #only: string | null = null;
  #index = -1;

  constructor(box: HTMLElement, plot: Plot) {
    this.#box = box;
    this.#plot = plot;
    box.append(this.#line, this.#panel, this.#spoken);
    box.addEventListener('pointermove', (event) => this.#point(event));
    box.addEventListener('pointerdown', (event) => this.#point(event));
    // A finger that lifts leaves what it touched; a tap elsewhere ends it.
    box.addEventListener('pointerleave', ({ pointerType }) => pointerType === 'mouse' && this.hide());
    box.addEventListener('blur', () => this.hide());
    document.addEventListener('pointerdown', ({ target }) => !(target instanceof Node && box.contains(target)) && this.hide());
    box.addEventListener('keydown', (event) => this.#key(event));
  }

  use(model: ChartModel, only: string | null): void {
    this.#model = model;
    this.#only = only;
    this.hide();
  }

  hide(): void {
    this.#index = -1;
    this.#line.hidden = this.#panel.hidden = true;
  }

  #point(event: PointerEvent): void {
    const time = this.#plot.timeAt(event.clientX - this.#box.getBoundingClientRect().left);
    if (this.#model && time !== null) this.#show(nearest(this.#model.times, time), false);
  }

  #key(event: KeyboardEvent): void {
    if (!this.#model) return;
    const last = this.#model.times.length - 1;
    const from = this.#index < 0 ? last + (event.key === 'ArrowLeft' ? 1 : 0) : this.#index;
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: from - 1, ArrowRight: from + 1, PageUp: from - 30, PageDown: from + 30, Home: 0, End: last,
    };
    const target = targets[event.key];
    if (event.key === 'Escape') this.hide();
    if (target === undefined) return;
    event.preventDefault();
    this.#show(Math.min(last, Math.max(0, target)), true);
  }

  #show(index: number, speak: boolean): void {
    const model = this.#model;
    const time = model?.times[index];
    if (!model || time === undefined || !this.#plot.locate(time) || (index === this.#index && !speak)) return;
    this.#index = index;
    this.#fill(model, index, time);
    this.#place(time);
    if (speak) this.#spoken.textContent = this.#words();
  }

  #fill(model: ChartModel, index: number, time: number): void {
    const total = model.totals[index] ?? 0;
    const shares = (model.several || (model.whole && !isSingle(model))) && total > 0;
    const isToday = model.provisional && index === model.times.length - 1;
    const { before } = model;
    const series = rowsAt(model, index);
    const rows = series.slice(0, mostRows).map((one) => {
      const value = one.values[index] ?? null;
      return h(
        'tr', { class: one.label === this.#only && 'only' },
        h('th', { scope: 'row' }, swatch(one.color), label(one.name)),
        h('td', {}, value === null ? text('charts.noValue') : formatNumber(value)),
        shares && h('td', { class: 'share' }, formatShare((value ?? 0) / total)),
        before && h('td', { class: 'share' }, formatKnown(one.before[index])),
      );
    });
    if (series.length > mostRows) rows.push(h('tr', {}, h('th', { scope: 'row' }, text('charts.more', { count: series.length - mostRows }))));
    if (shares) rows.push(h('tr', { class: 'total' }, h('th', { scope: 'row' }, model.several ? text('charts.allOf', { unit: model.unit }) : text('charts.total')), h('td', {}, formatNumber(total)), before && h('td', {}), before && h('td', {}, formatKnown(before.totals[index]))));
    const earlier = before?.times[index];
    this.#panel.replaceChildren(
      h('p', {}, formatWindow(time, model.hourly, formatWeekday), isToday && h('em', {}, ` ${text('charts.soFar')}`)),
      earlier !== undefined && rows.length > 0 ? h('p', { class: 'quiet' }, text('charts.besideBefore', { day: formatWeekday(earlier) })) : '',
      rows.length > 0 ? h('table', {}, h('tbody', {}, ...rows)) : h('p', { class: 'quiet' }, text(model.totals[index] === null ? 'charts.noData' : 'charts.noSystems')),
      ...renderMarks(model.marks, index, time, false),
    );
  }

  #words(): string {
    const rows = [...this.#panel.querySelectorAll('tr')];
    const values = rows.map((row) => [...row.cells].map(({ textContent }) => textContent).join(' ').trim());
    return [...[...this.#panel.querySelectorAll('p')].map(({ textContent }) => textContent), ...values].join(', ');
  }

  #place(time: number): void {
    const at = this.#plot.locate(time);
    if (!at) return;
    this.#line.hidden = this.#panel.hidden = false;
    this.#line.style.transform = `translateX(${at.x}px)`;
    this.#line.style.top = `${at.top}px`;
    this.#line.style.height = `${at.bottom - at.top}px`;
    const width = this.#panel.offsetWidth;
    const room = this.#box.clientWidth;
    const fitsRight = at.x + gap + width <= room;
    const fits = fitsRight || at.x - gap - width >= 0;
    const left = fitsRight ? at.x + gap : fits ? at.x - gap - width : Math.max(0, Math.min(at.x - width / 2, room - width));
    const top = fits ? at.top : this.#box.clientHeight + 2;
    this.#panel.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }
}
