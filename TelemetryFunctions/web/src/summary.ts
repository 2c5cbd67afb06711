/** What a chart says on its last day, in one line. */
import { h, label } from './dom.js';
import { formatDay, formatNumber, formatShare } from './format.js';
import { isSingle, seriesName, totalAt, type ChartModel } from './model.js';

const month = 30;

/** Growth over 30 closed days, or null where there is nothing to compare with. */
export const changeOverMonth = (model: ChartModel): number | null => {
  const now = model.times.length - (model.provisional ? 2 : 1);
  const before = totalAt(model, now - month);
  return now >= month && before > 0 ? totalAt(model, now) / before - 1 : null;
};

const strong = (value: number): HTMLElement => h('strong', {}, formatNumber(value));

const countParts = (model: ChartModel, last: number): (Node | string)[] => {
  const total = totalAt(model, last);
  const parts: (Node | string)[] = [strong(total), ` ${model.unit}`];
  const largest = model.series.toSorted((a, b) => (b.values[last] ?? 0) - (a.values[last] ?? 0))[0];
  if (largest && total > 0 && !isSingle(model)) {
    parts.push(', most on ', label(seriesName(model, largest)), ` (${formatShare((largest.values[last] ?? 0) / total)})`);
  }
  return parts;
};

const meanParts = (model: ChartModel, last: number): (Node | string)[] =>
  model.series.flatMap((series, i) => {
    const value = series.values[last] ?? null;
    return [i > 0 ? ', ' : '', value === null ? '–' : strong(value), ' ', label(seriesName(model, series))];
  });

export const renderSummary = (model: ChartModel): (Node | string)[] => {
  const last = model.times.length - 1;
  const time = model.times[last];
  if (time === undefined) return ['No data yet'];
  const parts = model.stacked ? countParts(model, last) : [...meanParts(model, last), ` (${model.unit})`];
  return [...parts, model.provisional ? ', today so far' : `, ${formatDay(time)}`];
};
