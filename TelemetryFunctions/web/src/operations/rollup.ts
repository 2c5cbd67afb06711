/** The data behind the dashboard; the browser sends the cookie that opens it. */
import { at } from '../api.js';
import { isByDay, type Period } from './period.js';

export interface RollupSeries {
  readonly label: string;
  readonly value: string;
  readonly values: readonly (number | null)[];
}

export interface Rollup {
  readonly step: 'day' | 'hour';
  /** The windows that have something, epoch milliseconds, oldest first. */
  readonly times: readonly number[];
  readonly series: readonly RollupSeries[];
}

/** So many labels of a rollup are drawn, and the rest is `other`. */
const mostLabels = 8;

/** The key is not known here any more. */
export class ClosedError extends Error {}

/** All of a rollup, for who takes it away. */
export const rollupHref = (id: string, { from, to }: Period, format: string): string =>
  at(`/operations/${id}?${new URLSearchParams({ from, to, format })}`).href;

/** What a chart shows of a rollup. */
export const fetchRollup = async (id: string, period: Period, isBounded: boolean): Promise<Rollup> => {
  const query = new URLSearchParams({ from: period.from, to: period.to });
  if (isByDay(period)) query.set('step', 'day');
  if (isBounded) query.set('labels', String(mostLabels));
  const response = await fetch(at(`/operations/${id}?${query}`), { signal: AbortSignal.timeout(60_000) });
  if (response.status === 401) throw new ClosedError();
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return (await response.json()) as Rollup;
};
