/** What a chart says in a sentence: its last closed day in the range, how that has changed, and what it counts. */
import { changeUpTo, latest, type Change } from './change.js';
import { h, label, type Child } from './dom.js';
import { formatChange, formatDay, formatDayBefore, formatNumber, formatShare, formatUnit } from './format.js';
import { other } from './labels.js';
import { isSingle, readingOrder, type ChartModel, type DrawnSeries } from './model.js';
import { parts, text } from './texts.js';
import type { Mode } from './view.js';

type Values = readonly (number | null)[];

/** `1,204 on 2 Nov, +2.7 %`: both days are said, so it can't be taken for a change within the range. */
export const changeText = ({ before, now }: Change): string => {
  const [value, day] = [formatNumber(before.value), formatDayBefore(before.time, now.time)];
  return before.value > 0
    ? text('charts.change', { value, day, change: formatChange(now.value / before.value - 1) })
    : text('charts.before', { value, day });
};

const number = (value: number): HTMLElement => h('strong', {}, formatNumber(value));

const timeOf = (model: ChartModel): number => model.every.times[model.lastClosed] ?? 0;

const dayOf = (model: ChartModel): string => formatDay(timeOf(model));

/** The change, in brackets; nothing where there is nothing to compare with. */
const changed = (model: ChartModel, values: Values): string => {
  const change = changeUpTo(model.every.times, values, model.lastClosed);
  return change && change.now.time === timeOf(model) ? text('charts.changed', { change: changeText(change) }) : '';
};

/** What is known last, where nothing is known of the last day. */
const unknown = (model: ChartModel, values: Values): string => {
  const known = latest(model.every.times, values, model.lastClosed);
  if (!known) return text('charts.noDataOn', { day: dayOf(model) });
  const { value, time } = known;
  return text('charts.lastKnown', { day: dayOf(model), value: formatNumber(value), unit: formatUnit(value, model.unit), known: formatDay(time) });
};

const largestOf = (model: ChartModel): DrawnSeries | undefined => {
  const at = ({ every }: DrawnSeries): number => every[model.lastClosed] ?? 0;
  return model.series.filter((series) => series.label !== other && at(series) > 0).toSorted((a, b) => at(b) - at(a))[0];
};

const share = (model: ChartModel, series: DrawnSeries): string => {
  const total = model.every.totals[model.lastClosed] ?? 0;
  return total > 0 ? formatShare((series.every[model.lastClosed] ?? 0) / total) : '';
};

const totalParts = (model: ChartModel): readonly Child[] => {
  const total = model.every.totals[model.lastClosed] ?? null;
  if (total === null) return [unknown(model, model.every.totals)];
  const largest = largestOf(model);
  const named = model.series.length > 1 || (model.series[0]?.name ?? model.unit) !== model.unit;
  const said = { value: number(total), unit: formatUnit(total, model.unit), day: dayOf(model), change: changed(model, model.every.totals) };
  if (!largest || !named) return parts('charts.totalOn', said);
  const most = { ...said, label: label(largest.name), share: share(model, largest) };
  return parts(isSingle(model) ? 'charts.totalAll' : 'charts.totalMost', most);
};

const onlyParts = (model: ChartModel, series: DrawnSeries): readonly Child[] => {
  const value = series.every[model.lastClosed] ?? null;
  const name = label(series.name);
  if (value === null) return parts('charts.onlyUnknown', { label: name, unknown: unknown(model, series.every) });
  const total = model.every.totals[model.lastClosed] ?? null;
  const said = { label: name, value: number(value), unit: formatUnit(value, model.unit), day: dayOf(model), change: changed(model, series.every) };
  return (model.whole || model.several) && total
    ? parts('charts.onlyOf', { ...said, share: share(model, series), total: formatNumber(total) })
    : parts('charts.onlyOn', said);
};

/** Each number of several, of which none is the whole. */
const eachParts = (model: ChartModel): readonly Child[] => {
  const values = readingOrder(model).flatMap((series, i) => {
    const value = series.every[model.lastClosed] ?? null;
    return [i > 0 && ', ', value === null ? text('charts.unknown') : number(value), ' ', label(series.name)];
  });
  const change = isSingle(model) ? changed(model, model.series[0]?.every ?? []) : '';
  return isSingle(model) && model.series[0]?.name === model.unit
    ? parts('charts.eachOnDay', { values, day: dayOf(model), change })
    : parts('charts.eachOn', { values, unit: model.unit, day: dayOf(model), change });
};

/** The first step has everything that the later ones have. */
const accumulatedParts = (model: ChartModel): readonly Child[] => {
  const total = model.series[0]?.every[model.lastClosed] ?? 0;
  return parts('charts.totalOn', { value: number(total), unit: formatUnit(total, model.unit), day: dayOf(model), change: '' });
};

/** Today, which is not over, is a sentence of its own: it is not to be compared with days that are. */
const today = (model: ChartModel): string | null => {
  const total = model.every.totals.at(-1) ?? null;
  if (!model.provisional || total === null || !(model.whole || model.several)) return null;
  return text('charts.today', { value: formatNumber(total), unit: formatUnit(total, model.unit) });
};

/** What the day of the period before had that the last closed one is compared with; that it is not known is said. */
const beforeOf = (model: ChartModel, isolated: DrawnSeries | undefined): string | null => {
  const { before } = model;
  if (!before) return null;
  if (before.totals.every((total) => total === null)) {
    return text('charts.nothingBefore', { from: formatDay(before.times[0] ?? 0), to: formatDay(before.times.at(-1) ?? 0) });
  }
  const { time, place } = before.closed;
  const only = isolated ?? (isSingle(model) ? model.series[0] : undefined);
  if (!only && !model.whole && !model.several) return null;
  const every = only?.every ?? model.every.totals;
  const [value, now] = [every[place] ?? null, every[model.lastClosed] ?? null];
  if (value === null) return text('charts.unknownBefore', { day: formatDay(time) });
  const said = { day: formatDay(time), value: formatNumber(value), unit: formatUnit(value, model.unit) };
  return now === null || value === 0 ? text('charts.valueBefore', said) : text('charts.changeBefore', { ...said, change: formatChange(now / value - 1) });
};

/** How the period before is drawn, and which it is; nothing where nothing is known of it. */
export const renderCompared = (model: ChartModel, mode: Mode): HTMLElement | null => {
  const { before } = model;
  if (!before || before.totals.every((total) => total === null)) return null;
  const [from, to] = [before.times[0] ?? 0, before.times.at(-1) ?? 0];
  const key = mode === 'day' ? 'charts.greyBars' : model.stacked ? (model.percent ? null : 'charts.dashedTotal') : 'charts.dashedLines';
  return key && h('p', { class: 'quiet' }, text(key, { from: formatDay(from), to: formatDay(to) }));
};

export const renderSummary = (model: ChartModel, only: string | null): readonly Child[] => {
  if (model.times.length === 0) return [text('charts.noDataInRange')];
  const isolated = model.series.find((series) => series.label === only);
  if (model.lastClosed < 0) return [today(model) ?? text('charts.noDayYet')];
  const said = isolated ? onlyParts(model, isolated)
    : model.whole || model.several ? totalParts(model)
    : model.accumulated ? accumulatedParts(model)
    : eachParts(model);
  const more = [beforeOf(model, isolated), isolated ? null : today(model)].filter((one) => one !== null);
  return [...said, '.', ...more.map((sentence) => ` ${sentence}`)];
};

/** What is counted, and out of how many where that is known. */
export const renderCounted = (model: ChartModel, active: number | null): string => {
  const { outOf } = model;
  const total = model.every.totals[model.lastClosed] ?? 0;
  if (!(model.whole || model.several) || active === null || total === 0 || total === active) {
    return text(model.mean ? 'charts.countedMean' : 'charts.counted', { outOf });
  }
  return total < active
    ? text('charts.countedOf', { outOf, part: formatNumber(total), all: formatNumber(active), share: formatShare(total / active) })
    : text('charts.countedYoung', { outOf, count: total - active });
};
