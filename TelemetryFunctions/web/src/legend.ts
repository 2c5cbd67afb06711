/** The legend: a button a series, which isolates it and, pressed again, brings the others back. */
import { h, label, swatch } from './dom.js';
import { formatNumber } from './format.js';
import { isSingle, seriesName, type ChartModel } from './model.js';

export const renderLegend = (
  model: ChartModel,
  isolated: string | null,
  onIsolate: (label: string | null) => void,
): HTMLElement | null => {
  if (isSingle(model) || model.series.length === 0) return null;
  const items = model.series.toReversed().map((series) => {
    const pressed = series.label === isolated;
    const value = series.values.at(-1) ?? null;
    const button = h(
      'button',
      { type: 'button', 'aria-pressed': String(pressed), title: pressed ? 'Show all' : 'Show only this' },
      swatch(series.color),
      label(seriesName(model, series)),
      h('span', { class: 'value' }, value === null ? '–' : formatNumber(value)),
    );
    button.addEventListener('click', () => onIsolate(pressed ? null : series.label));
    return h('li', {}, button);
  });
  return h('ul', { class: isolated === null ? 'legend' : 'legend isolating', 'aria-label': 'Series' }, ...items);
};
