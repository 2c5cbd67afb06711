/** What a chart shows of its data: the days of the range, the series that matter, their colours. */
import type { ChartData, Metric, Series } from './api.js';
import { periodBefore, type Before } from './before.js';
import { outOfName, unitName } from './format.js';
import { choose, chooseSteps, type Group } from './groups.js';
import { dash, isScale, other, runOf, sum } from './labels.js';
import { marksOf, type DrawnMark } from './marks.js';
import { colorsOf, type Theme } from './palette.js';
import { cut, pick, type Range } from './range.js';
import { text } from './texts.js';
import type { Mode } from './view.js';

type Values = readonly (number | null)[];

export interface DrawnSeries {
  readonly label: string;
  /** The label as people read it. */
  readonly name: string;
  readonly color: string;
  /** On the days that are shown. */
  readonly values: Values;
  /** On every day that there is. */
  readonly every: Values;
  /** On the days that these are compared with; empty where they are with none. */
  readonly before: Values;
}

/** What the order of the series follows. */
export type Order = 'version' | 'size' | 'scale';

export interface ChartModel {
  readonly title: string;
  readonly unit: string;
  readonly outOf: string;
  /** What the labels are, for an axis. */
  readonly steps: string;
  /** The values of a day add up to a whole. */
  readonly whole: boolean;
  /** A system can be in several series: their values add up to more than there are. */
  readonly several: boolean;
  /** Each value includes those of the steps after it. */
  readonly accumulated: boolean;
  /** The values are means, which leave out what is absurd. */
  readonly mean: boolean;
  /** The labels are steps of a scale, such as ages. */
  readonly scale: boolean;
  readonly order: Order;
  /** Draws shares of the whole. */
  readonly percent: boolean;
  /** Draws the parts upon each other. */
  readonly stacked: boolean;
  /** Draws lines on a logarithmic axis. */
  readonly log: boolean;
  /** The values are of hours and not of days. */
  readonly hourly: boolean;
  /** The last day, or hour, is not over. */
  readonly provisional: boolean;
  readonly times: readonly number[];
  /** From the bottom of the stack to its top. */
  readonly series: readonly DrawnSeries[];
  /** How many there are on each day that is shown; null where nothing is known of it. */
  readonly totals: Values;
  /** Every day that there is, with its total. */
  readonly every: { readonly times: readonly number[]; readonly totals: Values };
  /** The place, among every day, of the last closed one in the range; -1 where there is none. */
  readonly lastClosed: number;
  /** The period that this one is compared with, or null. */
  readonly before: Before | null;
  /** What is told of the days that are shown. */
  readonly marks: readonly DrawnMark[];
  /** Series are folded that could be shown. */
  readonly folded: boolean;
}

export interface Choice {
  readonly range: Range;
  readonly percent: boolean;
  /** The period before is shown too. */
  readonly compare: boolean;
  readonly mode: Mode;
  /** Many labels instead of the largest. */
  readonly all: boolean;
  readonly by: string | null;
  /** Lines or stacked areas; null for what suits the metric. */
  readonly lines: boolean | null;
  readonly log: boolean;
}

/** How many series a chart shows, before and after more are asked for. */
const places = { few: 12, many: 24, steps: 7 };

const scales: readonly string[] = ['histogram', 'age', 'age-in-days'];
const sums: readonly string[] = ['mean', 'sum'];

export const titleOf = ({ title, kind }: Metric): string => (kind === 'versions' ? text('charts.versionsInUse', { title }) : title);

export const buildModel = (metric: Metric, data: ChartData, choice: Choice, theme: Theme): ChartModel => {
  const range = cut(data.times, choice.range);
  const picked = pick(data.times, range);
  const accumulated = choice.by === 'accumulated';
  const several = data.counted?.some((value) => value !== null) ?? false;
  const whole = !sums.includes(metric.kind) && !accumulated && !several;
  const scale = metric.ordered === true || scales.includes(metric.kind) || isScale(data.series.map(({ label }) => label));
  const groups = groupsOf(metric, data.series, picked, { scale, whole: whole || several, ...choice });
  const colors = colorsOf(groups, scale, theme);
  const known = sum(data.series, data.times.length);
  const totals = several ? known.map((value, i) => data.counted?.[i] ?? value) : known;
  const times = picked.map((i) => data.times[i] ?? 0);
  const at = (values: Values): Values => picked.map((i) => values[i] ?? null);
  const provisional = data.provisional && range[1] === data.times.length && range[1] > 0;
  const lastClosed = range[1] - (provisional ? 2 : 1);
  const before = choice.compare && picked.length > 0 ? periodBefore(data, choice.range, picked, totals, lastClosed) : null;
  const stacked = whole && groups.length > 1 && !(choice.lines ?? metric.shape === 'line');
  return {
    title: titleOf(metric),
    steps: metric.kind.startsWith('age') ? text('charts.daysSinceFirstSeen') : metric.title,
    unit: unitName(metric.unit),
    outOf: outOfName(metric.outOf),
    whole,
    several,
    accumulated,
    mean: choice.by === 'mean',
    scale,
    order: scale ? 'scale' : groups.some(({ label }) => runOf(label)) ? 'version' : 'size',
    percent: choice.percent && (several || (whole && groups.length > 1)),
    stacked,
    log: choice.log && !stacked && choice.mode === 'time',
    provisional,
    hourly: false,
    times,
    series: groups.map(({ label, values, name }, i) => ({
      label, name: nameOf(metric, label, name, accumulated), values: at(values), every: values,
      before: before?.of(values) ?? [], color: colors[i] ?? theme.muted,
    })),
    totals: at(totals),
    every: { times: data.times, totals },
    lastClosed,
    before,
    marks: marksOf(metric, data, times),
    folded: whole && !scale && (groups.length < countIn(data.series, picked) || groups.some(({ label }) => label.includes(dash))),
  };
};

/** How many series have something in the range. */
const countIn = (all: readonly Series[], days: readonly number[]): number =>
  all.filter(({ values }) => days.some((day) => (values[day] ?? 0) > 0)).length;

interface Grouping {
  readonly scale: boolean;
  readonly whole: boolean;
  readonly mode: Mode;
  readonly all: boolean;
  readonly by: string | null;
}

const groupsOf = (metric: Metric, all: readonly Series[], days: readonly number[], { scale, whole, mode, ...choice }: Grouping): readonly Group[] => {
  if (scale && whole && mode === 'time' && !metric.ordered) return chooseSteps(all, days, places.steps);
  if (whole && !scale) return choose(all, days, choice.all ? places.many : places.few);
  return chooseSteps(all, days, Number.POSITIVE_INFINITY);
};

/** A chart of one number is named by its unit; buckets of days are given theirs. */
const nameOf = (metric: Metric, label: string, name: string, accumulated: boolean): string => {
  if (metric.kind === 'count' || metric.kind === 'sum') return unitName(metric.unit);
  if (metric.kind !== 'age-in-days' || label === other) return name || unitName(metric.unit);
  return accumulated ? text('charts.daysOrMore', { days: label.replace(/-.*/, '') }) : text('charts.days', { days: label });
};

/** One series that needs no name: the title says what it is. */
export const isSingle = (model: ChartModel): boolean => model.series.length === 1;

/** A scale from its beginning, anything else from the top of the stack. */
export const readingOrder = ({ scale, series }: ChartModel): readonly DrawnSeries[] => (scale ? series : series.toReversed());

/** A value as it is drawn: the count, or its share of the day's whole. */
export const drawnValue = (model: ChartModel, series: DrawnSeries, index: number): number | null => {
  const value = series.values[index] ?? null;
  return model.percent ? partOf(value, model.totals[index]) : value;
};

/** The value, as it is drawn, of the day that one is compared with. */
export const drawnBefore = (model: ChartModel, series: DrawnSeries, index: number): number | null => {
  const value = series.before[index] ?? null;
  return model.percent ? partOf(value, model.before?.totals[index]) : value;
};

const partOf = (value: number | null, total: number | null | undefined): number | null => (value === null || !total ? null : value / total);

/** Of how many points the part of a series in the whole has changed, from -1 to 1, or by what part of itself another number has; null where that is not known. */
export const changeOf = (model: ChartModel, series: DrawnSeries, index: number): number | null => {
  const [now, before] = [series.values[index] ?? null, series.before[index] ?? null];
  if (!model.whole && !model.several) return now === null || !before ? null : now / before - 1;
  const [part, partBefore] = [partOf(now, model.totals[index]), partOf(before, model.before?.totals[index])];
  return part === null || partBefore === null ? null : part - partBefore;
};
