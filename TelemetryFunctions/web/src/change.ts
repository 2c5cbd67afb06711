/** How a number has changed within 30 days: two closed days of which something is known, by the calendar and not by their places. */
import { dayLength } from './range.js';

export interface Known {
  readonly time: number;
  readonly value: number;
}

export interface Change {
  readonly before: Known;
  readonly now: Known;
}

type Values = readonly (number | null)[];

const month = 30 * dayLength;

/** The last day up to an index, or up to a time, of which something is known. */
const lastKnown = (times: readonly number[], values: Values, end: number, until = Number.POSITIVE_INFINITY): Known | null => {
  for (let i = end; i >= 0; i--) {
    const [time, value] = [times[i], values[i]];
    if (time !== undefined && value != null && time <= until) return { time, value };
  }
  return null;
};

/** What is known last up to an index; never of a day that is not over. */
export const latest = lastKnown;

/** The change up to a day, against the day 30 days earlier or, where nothing is known of that, the last one before it. */
export const changeUpTo = (times: readonly number[], values: Values, end: number): Change | null => {
  const now = lastKnown(times, values, end);
  const before = now && lastKnown(times, values, end, now.time - month);
  return now && before ? { now, before } : null;
};
