/** The time range that all charts of the page share, and which of its days are shown. */
import { isoDay, parseDay } from './format.js';
import type { TextKey } from './texts.js';

export const presets = ['30d', '90d', '1y', 'all'] as const;
export type Preset = (typeof presets)[number];

/** Days as `yyyy-MM-dd`, both included; an empty one leaves that end open. */
export interface FreeRange {
  readonly from: string;
  readonly to: string;
}

export type Range = Preset | FreeRange;

export const presetNames: Readonly<Record<Preset, TextKey>> = {
  '30d': 'charts.days30', '90d': 'charts.days90', '1y': 'charts.year1', all: 'charts.all',
};

export const standardRange: Range = '1y';

export const isFree = (range: Range): range is FreeRange => typeof range === 'object';

const days: Readonly<Record<Preset, number>> = { '30d': 30, '90d': 90, '1y': 365, all: Number.POSITIVE_INFINITY };
export const dayLength = 86_400_000;

/** More days than that, which the overview has day by day, a chart has no room for: it shows one of a week, of two weeks, and so on. */
const mostPoints = 400;

/** The first and the last moment of a range, as far as there are days; null where the two do not meet. */
const boundsOf = (times: readonly number[], range: Range): readonly [from: number, to: number] | null => {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (!isFree(range)) return [Math.max(first, last - (days[range] - 1) * dayLength), last];
  const from = Math.max(first, parseDay(range.from) ?? first);
  const to = Math.min(last, parseDay(range.to) ?? last);
  return from <= to ? [from, to] : null;
};

/** How many days apart those are that a chart shows. */
const stepOf = (from: number, to: number): number => {
  const weeks = Math.ceil((to - from) / dayLength / 7 / mostPoints);
  return (to - from) / dayLength < mostPoints ? 1 : 7 * weeks;
};

/** Indices of the first of `times` within the range and of the one after the last. */
export const cut = (times: readonly number[], range: Range): readonly [from: number, to: number] => {
  const bounds = boundsOf(times, range);
  if (!bounds) return [0, 0];
  const first = times.findIndex((time) => time >= bounds[0]);
  return [first, times.findLastIndex((time) => time <= bounds[1]) + 1];
};

/** True where `times` has every day that a chart of the range shows. */
export const covers = (times: readonly number[], range: Range): boolean => {
  const bounds = boundsOf(times, range);
  if (!bounds) return true;
  const [from, to] = bounds;
  if (stepOf(from, to) > 1) return true;
  const [first, end] = cut(times, range);
  return end - first === Math.round((to - from) / dayLength) + 1;
};

/** The indices of the days that are shown, the last one of `times` within the range among them. */
export const pick = (times: readonly number[], [from, to]: readonly [number, number]): readonly number[] => {
  const last = times[to - 1] ?? 0;
  const step = stepOf(times[from] ?? 0, last) * dayLength;
  const picked: number[] = [];
  let next = last;
  for (let i = to - 1; i >= from; i--) {
    const time = times[i] ?? 0;
    if (time > next) continue;
    picked.push(i);
    next = time - step;
  }
  return picked.reverse();
};

/** How many milliseconds the period before a range is earlier: as many days as the range has. */
export const shiftOf = (times: readonly number[], range: Range): number => {
  const bounds = boundsOf(times, range);
  return bounds ? bounds[1] - bounds[0] + dayLength : dayLength;
};

/** True where `times` also has each day that one of the range is compared with, or begins after it. */
export const coversBefore = (times: readonly number[], range: Range): boolean => {
  const there = new Set(times);
  const shift = shiftOf(times, range);
  return pick(times, cut(times, range)).map((i) => (times[i] ?? 0) - shift).every((time) => time < (times[0] ?? 0) || there.has(time));
};

/** The range in days, as the two date fields show it. */
export const toFree = (times: readonly number[], range: Range): FreeRange => {
  if (isFree(range)) return range;
  const [from, to] = cut(times, range);
  const [first, last] = [times[from], times[to - 1]];
  return { from: first === undefined ? '' : isoDay(first), to: last === undefined ? '' : isoDay(last) };
};
