/** What a chart shows of a document: the days of the range, the series that matter, their colours. */
import type { ChartDocument } from './api.js';
import { compareLabels, fold } from './labels.js';
import { colorsOf, type Theme } from './palette.js';
import { firstInRange, type Range } from './range.js';

export interface DrawnSeries {
  readonly label: string;
  readonly color: string;
  readonly values: readonly (number | null)[];
}

export interface ChartModel {
  readonly title: string;
  readonly unit: string;
  /** Counts of systems by label stack up to a whole; anything else is drawn as lines. */
  readonly stacked: boolean;
  readonly provisional: boolean;
  readonly times: readonly number[];
  readonly series: readonly DrawnSeries[];
}

const countUnit = 'systems';

export const buildModel = (document: ChartDocument, range: Range, theme: Theme): ChartModel => {
  const from = firstInRange(document.times, range);
  const stacked = document.unit === countUnit;
  const shown = stacked ? fold(document.series, from) : document.series.toSorted((a, b) => compareLabels(a.label, b.label));
  const colors = colorsOf(shown.map(({ label }) => label), theme);
  return {
    title: document.title,
    unit: document.unit,
    stacked,
    provisional: document.provisional,
    times: document.times.slice(from),
    series: shown.map(({ label, values }, i) => ({ label, values: values.slice(from), color: colors[i] ?? theme.muted })),
  };
};

export const isSingle = (model: ChartModel): boolean => model.series.length === 1;

/** The text for a series; a chart of one unnamed series is named by its unit. */
export const seriesName = (model: ChartModel, series: DrawnSeries): string => series.label || model.unit;

/** The whole of a day, where the chart's series add up to one. */
export const totalAt = (model: ChartModel, index: number): number =>
  model.series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);
