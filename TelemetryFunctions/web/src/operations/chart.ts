/** Makes what a chart draws of a rollup: every window of the period, the labels of a panel, their colours. */
import { capitalize } from '../format.js';
import type { ChartModel } from '../model.js';
import { other } from '../labels.js';
import { colorsOf, type Theme } from '../palette.js';
import { dayLength } from '../range.js';
import type { Panel } from './panels.js';
import type { Period } from './period.js';
import type { Rollup, RollupSeries } from './rollup.js';

type Values = readonly (number | null)[];

const hourLength = dayLength / 24;

/** What may still be missing at the end, because it is rolled up once an hour. */
const late = { day: dayLength, hour: 3 * hourLength } as const;

/** Every window from the first that has something to now: one that has nothing is a gap. */
const timesOf = ({ times, step }: Rollup, { preset, to }: Period, now: number): readonly number[] => {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return [];
  const length = step === 'day' ? dayLength : hourLength;
  const asked = Math.min(now, Date.parse(`${to}T23:59:59Z`));
  const end = Math.max(last, Math.floor((asked - late[step]) / length) * length);
  const begin = preset === '1d' && step === 'hour' ? Math.max(first, end - dayLength + length) : first;
  return Array.from({ length: Math.round((end - begin) / length) + 1 }, (_, i) => begin + i * length);
};

const nameOf = (panel: Panel, label: string): string => (panel.labels ? capitalize(label.replace(/-ms$/, '').replaceAll('-', ' ')) : label);

const isOf = (panel: Panel, value: string) => ({ label, value: own }: RollupSeries): boolean =>
  own === value && (panel.labels?.includes(label) ?? true) && (panel.kind === 'parts' || label !== other);

export const chartOf = (panel: Panel, value: string, rollup: Rollup, period: Period, now: number, theme: Theme): ChartModel => {
  const times = timesOf(rollup, period, now);
  const places = new Map(rollup.times.map((time, i) => [time, i]));
  const wanted = rollup.series.filter(isOf(panel, value));
  const isKnown = times.map((time) => wanted.some(({ values }) => values[places.get(time) ?? -1] != null));
  const scale = panel.kind === 'rate' ? 100 : 1;

  // What was not counted where others were did not happen.
  const missing = (i: number): number | null => (panel.kind === 'counts' && isKnown[i] ? 0 : null);
  const all = wanted.map(({ label, values }) => {
    const own = times.map((time, i) => {
      const number = values[places.get(time) ?? -1];
      return number == null ? missing(i) : number * scale;
    });
    return { label, name: nameOf(panel, label), values: own, every: own, area: own.reduce<number>((sum, number) => sum + (number ?? 0), 0) };
  }).toSorted((a, b) => Number(b.label === other) - Number(a.label === other) || a.area - b.area);
  const colors = colorsOf(all, false, theme);
  const totals: Values = times.map((_, i) => (isKnown[i] ? all.reduce((sum, { values }) => sum + (values[i] ?? 0), 0) : null));
  const length = rollup.step === 'day' ? dayLength : hourLength;
  const provisional = (times.at(-1) ?? 0) + length > now;
  const whole = panel.kind === 'parts';
  return {
    title: panel.title, unit: panel.unit, outOf: '', steps: '', whole, several: false, accumulated: false, mean: false, scale: false, order: 'size',
    percent: false, stacked: whole && all.length > 1, log: false, marks: [], provisional, hourly: rollup.step === 'hour', times,
    series: all.map(({ area, ...series }, i) => ({ ...series, before: [], color: colors[i] ?? theme.muted })),
    totals, before: null, every: { times, totals }, lastClosed: times.length - (provisional ? 2 : 1), folded: false,
  };
};
