/** The numbers of a chart as a table, newest day and top of the stack first; made when it is opened, a page at a time, because it can be long. */
import { h, label, type Child } from './dom.js';
import { formatDay, formatKnown, formatWindow, isoDay } from './format.js';
import { renderMarks } from './marks.js';
import { isSingle, readingOrder, type ChartModel } from './model.js';
import { dayLength } from './range.js';
import { parts, text } from './texts.js';

const hasTotal = (model: ChartModel): boolean => model.several || (model.whole && !isSingle(model));

/** Rows that are put into the page at a time. */
const pageRows = 100;

const isoWindow = ({ times, hourly }: ChartModel, i: number): string => (hourly ? new Date(times[i] ?? 0).toISOString() : isoDay(times[i] ?? 0));

const rowOf = (model: ChartModel, i: number): HTMLElement =>
  h(
    'tr', {},
    h('th', { scope: 'row' },
      h('time', { datetime: isoWindow(model, i) }, formatWindow(model.times[i] ?? 0, model.hourly)),
      model.provisional && i === model.times.length - 1 && h('em', {}, ` ${text('charts.soFar')}`)),
    ...readingOrder(model).map(({ values }) => h('td', {}, formatKnown(values[i]))),
    hasTotal(model) && h('td', {}, formatKnown(model.totals[i])),
    ...cellsBefore(model, i),
    model.marks.length > 0 && h('td', { class: 'marks' }, ...renderMarks(model.marks, i, model.times[i] ?? 0, true)),
  );

/** The day that one is compared with, and its values. */
const cellsBefore = (model: ChartModel, i: number): readonly Child[] => {
  const { before } = model;
  if (!before) return [];
  const time = before.times[i] ?? 0;
  return [
    h('td', {}, h('time', { datetime: isoDay(time) }, formatDay(time))),
    ...readingOrder(model).map((series) => h('td', {}, formatKnown(series.before[i]))),
    hasTotal(model) && h('td', {}, formatKnown(before.totals[i])),
  ];
};

const headsBefore = (model: ChartModel): readonly Child[] => model.before ? [
  h('th', { scope: 'col' }, text('charts.dayBefore')),
  ...readingOrder(model).map((series) => h('th', { scope: 'col' }, ...parts('charts.labelBefore', { label: label(series.name) }))),
  hasTotal(model) && h('th', { scope: 'col' }, ...parts('charts.labelBefore', { label: totalName(model) })),
] : [];

const totalName = (model: ChartModel): string => (model.several ? text('charts.allOf', { unit: model.unit }) : text('charts.total'));

/** The rows of a page, newest day first. */
const rowsOf = (model: ChartModel, page: number): readonly HTMLElement[] => {
  const newest = model.times.length - 1 - page * pageRows;
  return Array.from({ length: Math.min(pageRows, newest + 1) }, (_, i) => rowOf(model, newest - i));
};

const renderPager = (model: ChartModel, body: HTMLElement): HTMLElement | false => {
  const pages = Math.ceil(model.times.length / pageRows);
  if (pages < 2) return false;
  let page = 0;
  const where = h('span', { role: 'status' });
  const show = (next: number): void => {
    page = Math.min(pages - 1, Math.max(0, next));
    body.replaceChildren(...rowsOf(model, page));
    where.textContent = text('charts.page', { page: page + 1, pages });
    newer.disabled = page === 0;
    older.disabled = page === pages - 1;
  };
  const [newer, older] = (['charts.newer', 'charts.older'] as const).map((key) => h('button', { type: 'button', class: 'link' }, text(key))) as [HTMLButtonElement, HTMLButtonElement];
  newer.addEventListener('click', () => show(page - 1));
  older.addEventListener('click', () => show(page + 1));
  show(0);
  return h('p', { class: 'pager' }, newer, where, older);
};

/** Days that are left out are said, and where they are. */
const thinned = (model: ChartModel): string | false => {
  const [first, second] = [model.times.at(-2), model.times.at(-1)];
  const days = first && second ? Math.round((second - first) / dayLength) : 1;
  return days > 6 && (days > 7 ? text('charts.oneOfEvery', { days }) : text('charts.oneOfEachWeek'));
};

const renderTable = (model: ChartModel): HTMLElement => {
  const body = h('tbody', {}, ...rowsOf(model, 0));
  return h(
    'div', { class: 'pages' },
    h(
      'div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': text('charts.tableRegion', { title: model.title }) },
      h(
        'table', {},
        h('caption', { class: 'visually-hidden' }, text(model.hourly ? 'charts.tableOfHours' : 'charts.tableCaption', { title: model.title, unit: model.unit })),
        h('thead', {},
          h('tr', {},
            h('th', { scope: 'col' }, text(model.hourly ? 'charts.hour' : 'charts.day')),
            ...readingOrder(model).map((series) => h('th', { scope: 'col' }, label(series.name))),
            hasTotal(model) && h('th', { scope: 'col' }, totalName(model)),
            ...headsBefore(model),
            model.marks.length > 0 && h('th', { scope: 'col', class: 'marks' }, text('charts.marked')))),
        body,
      ),
    ),
    renderPager(model, body),
    h('p', { class: 'quiet' }, thinned(model)),
  );
};

export class TableDetails {
  readonly element: HTMLDetailsElement;
  #model: ChartModel | null = null;

  constructor(title: string, open: boolean, onToggle: (open: boolean) => void) {
    this.element = h('details', { class: 'numbers', open }, h('summary', {}, text('charts.table'), h('span', { class: 'visually-hidden' }, text('charts.tableOf', { title }))));
    this.element.addEventListener('toggle', () => {
      onToggle(this.element.open);
      this.#render();
    });
  }

  use(model: ChartModel): void {
    this.#model = model;
    this.#render();
  }

  #render(): void {
    this.element.querySelector('.pages')?.remove();
    if (this.element.open && this.#model) this.element.append(renderTable(this.#model));
  }
}
