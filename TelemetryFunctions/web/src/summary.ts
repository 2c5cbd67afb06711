/** What a chart says on its last day, in a sentence, and what it counts. */
import { h, label, type Child } from './dom.js';
import { formatChange, formatDay, formatNumber, formatShare, formatUnit } from './format.js';
import { other } from './labels.js';
import { isSingle, type ChartModel } from './model.js';

const month = 30;

/** Growth over 30 closed days, or null where there is nothing to compare with. */
export const changeOverMonth = (totals: readonly (number | null)[], provisional: boolean): number | null => {
  const now = totals.length - (provisional ? 2 : 1);
  const [value, before] = [totals[now], totals[now - month]];
  return value != null && before != null && before > 0 ? value / before - 1 : null;
};

const dayOf = (model: ChartModel, last: number): string =>
  model.provisional ? ' today so far (provisional)' : ` on ${formatDay(model.times[last] ?? 0)}`;

const wholeParts = (model: ChartModel, last: number): Child[] => {
  const total = model.totals[last] ?? null;
  if (total === null) return ['No data', dayOf(model, last)];
  const parts: Child[] = [h('strong', {}, formatNumber(total)), ` ${formatUnit(total, model.unit)}`];
  parts.push(dayOf(model, last));
  const named = model.series.filter((series) => series.label !== other);
  const largest = named.toSorted((a, b) => (b.values[last] ?? 0) - (a.values[last] ?? 0))[0];
  if (largest && total > 0 && !isSingle(model)) {
    const share = formatShare((largest.values[last] ?? 0) / total);
    parts.push('; largest: ', label(largest.name), ` (${share})`);
  }
  return parts;
};

/** The first step has everything that the later ones have. */
const accumulatedParts = (model: ChartModel, last: number): Child[] => {
  const total = model.series[0]?.values[last] ?? 0;
  return [h('strong', {}, formatNumber(total)), ` ${formatUnit(total, model.unit)}${dayOf(model, last)}`];
};

const lineParts = (model: ChartModel, last: number): Child[] =>
  model.series.flatMap((series, i) => {
    const value = series.values[last] ?? null;
    const number = value === null ? '–' : h('strong', {}, formatNumber(value));
    return [i > 0 ? ', ' : '', number, ' ', label(series.name)];
  }).concat(` ${model.unit}${dayOf(model, last)}`);

export const renderSummary = (model: ChartModel): Child[] => {
  const last = model.times.length - 1;
  if (last < 0) return ['No data in this range.'];
  const change = model.whole ? changeOverMonth(model.totals, model.provisional) : null;
  return [
    ...(model.whole ? wholeParts : model.accumulated ? accumulatedParts : lineParts)(model, last),
    change !== null && `; ${formatChange(change)} in 30 days`,
    '.',
  ];
};

/** What is counted, and out of how many where that is known. */
export const renderCounted = (model: ChartModel, active: number | null): Child[] => {
  const total = model.totals.at(-1) ?? 0;
  const part = model.whole && active !== null && total > 0 && total < active
    ? `: ${formatNumber(total)} of ${formatNumber(active)} active (${formatShare(total / active)})`
    : '';
  const without = model.mean ? ', without what lies beyond the 99.9th percentile' : '';
  return [`Counted: ${model.outOf}${part}${without}. `];
};
