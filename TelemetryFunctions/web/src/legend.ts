/** The legend: a button a series, which isolates it and, pressed again, brings the others back. */
import { h, label, swatch } from './dom.js';
import { formatNumber, formatShare } from './format.js';
import type { ChartModel, DrawnSeries, Order } from './model.js';
import { text, type TextKey } from './texts.js';

export interface LegendActions {
  readonly isolate: (label: string | null) => void;
  /** Shows many labels, or the largest again; null where there are no more. */
  readonly toggleAll: (() => void) | null;
}

export interface LegendState {
  /** The series to list; none where the drawing names them. */
  readonly series: readonly DrawnSeries[];
  readonly only: string | null;
  readonly all: boolean;
}

/** In which order the series are, from the top of the stack. */
const orders: Readonly<Record<Order, TextKey>> = { version: 'charts.newestFirst', size: 'charts.largestFirst', scale: 'charts.fromLowest' };

export const renderLegend = (model: ChartModel, { series, only, all }: LegendState, actions: LegendActions): HTMLElement | null => {
  const last = model.times.length - 1;
  const items = series.map((one) => {
    const pressed = one.label === only;
    const value = one.values[last] ?? null;
    const shown = value === null ? text('charts.unknown') : model.percent ? formatShare(value / (model.totals[last] || 1)) : formatNumber(value);
    const button = h(
      'button',
      { type: 'button', 'aria-pressed': String(pressed), title: text(pressed ? 'charts.showAll' : 'charts.showOnlyThis') },
      swatch(one.color),
      label(one.name),
      h('span', { class: 'value' }, shown),
    );
    button.addEventListener('click', () => actions.isolate(pressed ? null : one.label));
    return h('li', {}, button);
  });
  if (actions.toggleAll) {
    const more = h('button', { type: 'button', class: 'more', 'aria-expanded': String(all) }, text(all ? 'charts.showFewer' : 'charts.showMore'));
    more.addEventListener('click', actions.toggleAll);
    items.push(h('li', {}, more));
  }
  if (items.length === 0) return null;
  if (series.length > 2) items.unshift(h('li', { class: 'order' }, text(orders[model.order])));
  return h('ul', { class: only === null ? 'legend' : 'legend isolating', 'aria-label': text('charts.seriesOf', { title: model.title }) }, ...items);
};
