/** The numbers of a chart as a table, newest day and top of the stack first; made when it is opened, because it can be long. */
import { h, label } from './dom.js';
import { formatDay, formatNumber, isoDay } from './format.js';
import { seriesName, type ChartModel } from './model.js';

const rowsOf = (model: ChartModel): HTMLElement[] => {
  const last = model.times.length - 1;
  return model.times
    .map((time, i) =>
      h(
        'tr', {},
        h('th', { scope: 'row' },
          h('time', { datetime: isoDay(time) }, formatDay(time)),
          model.provisional && i === last && h('em', {}, ' so far')),
        ...model.series.toReversed().map(({ values }) => {
          const value = values[i] ?? null;
          return h('td', {}, value === null ? '–' : formatNumber(value));
        }),
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
          ...model.series.toReversed().map((series) => h('th', { scope: 'col' }, label(seriesName(model, series)))))),
      h('tbody', {}, ...rowsOf(model)),
    ),
  );

export class TableDetails {
  readonly element = h('details', { class: 'numbers' }, h('summary', {}, 'Table'));
  #model: ChartModel | null = null;

  constructor() {
    this.element.addEventListener('toggle', () => this.#render());
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
