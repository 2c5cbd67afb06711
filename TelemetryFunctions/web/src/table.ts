/** The numbers of a chart as a table, newest day and top of the stack first; made when it is opened, because it can be long. */
import { h, label } from './dom.js';
import { formatDay, formatKnown, isoDay } from './format.js';
import { isSingle, readingOrder, type ChartModel } from './model.js';

const hasTotal = (model: ChartModel): boolean => model.whole && !isSingle(model);

const rowsOf = (model: ChartModel): HTMLElement[] => {
  const last = model.times.length - 1;
  return model.times
    .map((time, i) =>
      h(
        'tr', {},
        h('th', { scope: 'row' },
          h('time', { datetime: isoDay(time) }, formatDay(time)),
          model.provisional && i === last && h('em', {}, ' so far')),
        ...readingOrder(model).map(({ values }) => h('td', {}, formatKnown(values[i]))),
        hasTotal(model) && h('td', {}, formatKnown(model.totals[i])),
      ),
    )
    .reverse();
};

const renderTable = (model: ChartModel): HTMLElement =>
  h(
    'div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': `${model.title}, table` },
    h(
      'table', {},
      h('caption', { class: 'visually-hidden' }, `${model.title}, ${model.unit} by day`),
      h('thead', {},
        h('tr', {},
          h('th', { scope: 'col' }, 'Day'),
          ...readingOrder(model).map((series) => h('th', { scope: 'col' }, label(series.name))),
          hasTotal(model) && h('th', { scope: 'col' }, 'Total'))),
      h('tbody', {}, ...rowsOf(model)),
    ),
  );

export class TableDetails {
  readonly element: HTMLDetailsElement;
  #model: ChartModel | null = null;

  constructor(title: string, open: boolean, onToggle: (open: boolean) => void) {
    this.element = h('details', { class: 'numbers', open }, h('summary', {}, 'Table', h('span', { class: 'visually-hidden' }, ` of ${title}`)));
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
    this.element.querySelector('.table')?.remove();
    if (this.element.open && this.#model) this.element.append(renderTable(this.#model));
  }
}
