/** The period before a range, of as many days: each of its days stands beside the one that is as far in the range. */
import type { ChartData } from './api.js';
import { shiftOf, type Range } from './range.js';

type Values = readonly (number | null)[];

export interface Before {
  /** The days, one for each that is shown. */
  readonly times: readonly number[];
  readonly totals: Values;
  /** The day, and its place among every day, that the last closed one is compared with; the place is -1 where there is no such day. */
  readonly closed: { readonly time: number; readonly place: number };
  /** What a series had on these days; null where that is not known. */
  readonly of: (every: Values) => Values;
}

export const periodBefore = (
  { times }: ChartData, range: Range, picked: readonly number[], totals: Values, lastClosed: number,
): Before => {
  const shift = shiftOf(times, range);
  const places = new Map(times.map((time, i) => [time, i]));
  const earlier = picked.map((i) => (times[i] ?? 0) - shift);
  const at = earlier.map((time) => places.get(time) ?? -1);
  const of = (every: Values): Values => at.map((i) => every[i] ?? null);
  const closed = (times[lastClosed] ?? 0) - shift;
  return { times: earlier, totals: of(totals), of, closed: { time: closed, place: places.get(closed) ?? -1 } };
};
