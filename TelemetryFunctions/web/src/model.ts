/** What a chart shows of its data: the days of the range, the series that matter, their colours. */
import type { Days, Metric, Series } from './api.js';
import { compareLabels, fold, isScale, other, sum } from './labels.js';
import { colorsOf, type Theme } from './palette.js';
import { cut, type Range } from './range.js';

export interface DrawnSeries {
  readonly label: string;
  /** The label as people read it. */
  readonly name: string;
  readonly color: string;
  readonly values: readonly (number | null)[];
}

export interface ChartModel {
  readonly title: string;
  readonly unit: string;
  readonly outOf: string;
  /** The values of a day add up to a whole. */
  readonly whole: boolean;
  /** Each value includes those of the steps after it. */
  readonly accumulated: boolean;
  /** The values are means, which leave out what is absurd. */
  readonly mean: boolean;
  /** The labels are steps of a scale, such as ages. */
  readonly scale: boolean;
  /** Draws shares of the whole. */
  readonly percent: boolean;
  /** The last day is not over. */
  readonly provisional: boolean;
  readonly times: readonly number[];
  /** From the bottom of the stack to its top. */
  readonly series: readonly DrawnSeries[];
  /** The whole of each day; null where nothing is known of it. */
  readonly totals: readonly (number | null)[];
}

export interface Choice {
  readonly range: Range;
  readonly percent: boolean;
  /** Every label instead of the largest. */
  readonly all: boolean;
  readonly by: string | null;
}

/** How many labels a chart shows by themselves; a finer breakdown than the standard one shows twice as many. */
const places = 12;

export const buildModel = (metric: Metric, days: Days, all: readonly Series[], choice: Choice, theme: Theme): ChartModel => {
  const [from, to] = cut(days.times, choice.range);
  const accumulated = choice.by === 'accumulated';
  const whole = (metric.shape !== 'line' || metric.kind === 'count') && !accumulated;
  const parts = all.map(({ label, values }) => ({ label, values: values.slice(from, to) }));
  const scale = metric.ordered === true || isScale(metric.series.map(({ label }) => label));
  const shown = whole && !scale && !choice.all ? fold(parts, choice.by === metric.by ? places : 2 * places) : parts.filter(hasValue);
  const series = metric.ordered ? shown : shown.toSorted((a, b) => compareLabels(a.label, b.label));
  const colors = colorsOf(series.map(({ label }) => label), theme);
  const times = days.times.slice(from, to);
  return {
    title: metric.title,
    unit: metric.unit,
    outOf: metric.outOf,
    whole,
    accumulated,
    mean: choice.by === 'mean',
    scale,
    percent: choice.percent && whole && series.length > 1,
    provisional: days.provisional && to === days.times.length,
    times,
    series: series.map(({ label, values }, i) => ({ label, name: nameOf(metric, label, accumulated), values, color: colors[i] ?? theme.muted })),
    totals: sum(series, times.length),
  };
};

/** A chart of one unnamed series is named by its unit; buckets of days are given theirs. */
const nameOf = (metric: Metric, label: string, accumulated: boolean): string => {
  if (metric.kind !== 'age-in-days' || label === other) return label || metric.unit;
  return accumulated ? `${label.replace(/-.*/, '')} days or more` : `${label} days`;
};

const hasValue = ({ values }: Series): boolean => values.some((value) => value !== null);

export const isSingle = (model: ChartModel): boolean => model.series.length === 1;

/** A scale from its beginning, anything else from the top of the stack. */
export const readingOrder = (model: ChartModel): readonly DrawnSeries[] => (model.scale ? model.series : model.series.toReversed());

/** A value as it is drawn: the count, or its share of the day's whole. */
export const drawnValue = (model: ChartModel, series: DrawnSeries, index: number): number | null => {
  const value = series.values[index] ?? null;
  if (!model.percent || value === null) return value;
  const total = model.totals[index] ?? 0;
  return total > 0 ? value / total : null;
};
