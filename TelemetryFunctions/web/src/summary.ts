/** What a chart says in a sentence: its last closed day in the range, how that has changed, and what it counts. */
import { changeUpTo, latest, type Change } from './change.js';
import { h, label, type Child } from './dom.js';
import { formatChange, formatDay, formatDayBefore, formatNumber, formatShare, formatUnit } from './format.js';
import { other } from './labels.js';
import { isSingle, readingOrder, type ChartModel, type DrawnSeries } from './model.js';

type Values = readonly (number | null)[];

/** `1,204 on 2 Nov, +2.7 %`: both days are said, so it can't be taken for a change within the range. */
export const changeText = ({ before, now }: Change): string => {
  const change = before.value > 0 ? `, ${formatChange(now.value / before.value - 1)}` : '';
  return `${formatNumber(before.value)} on ${formatDayBefore(before.time, now.time)}${change}`;
};

const number = (value: number): HTMLElement => h('strong', {}, formatNumber(value));

const dayOf = (model: ChartModel): number => model.every.times[model.lastClosed] ?? 0;

/** The change, in brackets; nothing where there is nothing to compare with. */
const changed = (model: ChartModel, values: Values): string => {
  const change = changeUpTo(model.every.times, values, model.lastClosed);
  return change && change.now.time === dayOf(model) ? ` (${changeText(change)})` : '';
};

/** What is known last, where nothing is known of the last day. */
const unknownParts = (model: ChartModel, values: Values, unit: string): Child[] => {
  const known = latest(model.every.times, values, model.lastClosed);
  return [
    `No data on ${formatDay(dayOf(model))}`,
    known && `; last known: ${formatNumber(known.value)} ${formatUnit(known.value, unit)} on ${formatDay(known.time)}`,
  ];
};

const largestOf = (model: ChartModel): DrawnSeries | undefined => {
  const at = ({ every }: DrawnSeries): number => every[model.lastClosed] ?? 0;
  return model.series.filter((series) => series.label !== other && at(series) > 0).toSorted((a, b) => at(b) - at(a))[0];
};

const share = (model: ChartModel, series: DrawnSeries): string => {
  const total = model.every.totals[model.lastClosed] ?? 0;
  return total > 0 ? formatShare((series.every[model.lastClosed] ?? 0) / total) : '';
};

const totalParts = (model: ChartModel): Child[] => {
  const total = model.every.totals[model.lastClosed] ?? null;
  if (total === null) return unknownParts(model, model.every.totals, model.unit);
  const largest = largestOf(model);
  const named = model.series.length > 1 || (model.series[0]?.name ?? model.unit) !== model.unit;
  return [
    number(total), ` ${formatUnit(total, model.unit)} on ${formatDay(dayOf(model))}`, changed(model, model.every.totals),
    ...(largest && named ? [isSingle(model) ? '; all: ' : '; most: ', label(largest.name), !isSingle(model) && ` ${share(model, largest)}`] : []),
  ];
};

const onlyParts = (model: ChartModel, series: DrawnSeries): Child[] => {
  const value = series.every[model.lastClosed] ?? null;
  const name = [label(series.name), ': '];
  if (value === null) return [...name, ...unknownParts(model, series.every, model.unit)];
  const total = model.every.totals[model.lastClosed] ?? null;
  const of = (model.whole || model.several) && total ? `, ${share(model, series)} of ${formatNumber(total)}` : '';
  return [...name, number(value), ` ${formatUnit(value, model.unit)}${of} on ${formatDay(dayOf(model))}`, changed(model, series.every)];
};

/** Each number of several, of which none is the whole. */
const eachParts = (model: ChartModel): Child[] => {
  const values = readingOrder(model).flatMap((series, i) => {
    const value = series.every[model.lastClosed] ?? null;
    return [i > 0 && ', ', value === null ? '–' : number(value), ' ', label(series.name)];
  });
  const unit = isSingle(model) && model.series[0]?.name === model.unit ? '' : ` ${model.unit}`;
  return [...values, `${unit} on ${formatDay(dayOf(model))}`, isSingle(model) && changed(model, model.series[0]?.every ?? [])];
};

/** The first step has everything that the later ones have. */
const accumulatedParts = (model: ChartModel): Child[] => {
  const total = model.series[0]?.every[model.lastClosed] ?? 0;
  return [number(total), ` ${formatUnit(total, model.unit)} on ${formatDay(dayOf(model))}`];
};

/** Today, which is not over, is a sentence of its own: it is not to be compared with days that are. */
const todayParts = (model: ChartModel): Child[] => {
  const total = model.every.totals.at(-1) ?? null;
  if (!model.provisional || total === null || !(model.whole || model.several)) return [];
  return [` Today so far: ${formatNumber(total)} ${formatUnit(total, model.unit)} (provisional).`];
};

export const renderSummary = (model: ChartModel, only: string | null): Child[] => {
  if (model.times.length === 0) return ['No data in this range.'];
  const isolated = model.series.find((series) => series.label === only);
  if (model.lastClosed < 0) return [...(model.whole || model.several ? [] : ['No day is over yet.']), ...todayParts(model)];
  const parts = isolated ? onlyParts(model, isolated)
    : model.whole || model.several ? totalParts(model)
    : model.accumulated ? accumulatedParts(model)
    : eachParts(model);
  return [...parts, '.', ...(isolated ? [] : todayParts(model))];
};

/** What is counted, and out of how many where that is known. */
export const renderCounted = (model: ChartModel, active: number | null): Child[] => {
  const without = model.mean ? ', without what lies beyond the 99.9th percentile' : '';
  const total = model.every.totals[model.lastClosed] ?? 0;
  if (!(model.whole || model.several) || active === null || total === 0 || total === active) return [`Counted: ${model.outOf}${without}. `];
  return total < active
    ? [`Counted: ${model.outOf}: ${formatNumber(total)} of ${formatNumber(active)} (${formatShare(total / active)}). `]
    : [`Counted: ${model.outOf}; ${formatNumber(total - active)} of them are too young to be counted in other charts. `];
};
