/** The time range that all charts of the page share. */
import { isoDay, parseDay } from './format.js';

export const presets = ['30d', '90d', '1y', 'all'] as const;
export type Preset = (typeof presets)[number];

/** Days as `yyyy-MM-dd`, both included; an empty one leaves that end open. */
export interface FreeRange {
  readonly from: string;
  readonly to: string;
}

export type Range = Preset | FreeRange;

export const presetNames: Readonly<Record<Preset, string>> = { '30d': '30 days', '90d': '90 days', '1y': '1 year', all: 'All' };

export const standardRange: Range = '1y';

export const isFree = (range: Range): range is FreeRange => typeof range === 'object';

const days: Readonly<Record<Preset, number>> = { '30d': 30, '90d': 90, '1y': 365, all: Number.POSITIVE_INFINITY };
const dayLength = 86_400_000;

/** Indices of the first of `times` within the range and of the one after the last. */
export const cut = (times: readonly number[], range: Range): readonly [from: number, to: number] => {
  const last = times.at(-1);
  if (last === undefined) return [0, 0];
  if (!isFree(range)) {
    const after = last - days[range] * dayLength;
    return [times.findIndex((time) => time > after), times.length];
  }
  const from = parseDay(range.from) ?? Number.NEGATIVE_INFINITY;
  const to = parseDay(range.to) ?? Number.POSITIVE_INFINITY;
  const first = times.findIndex((time) => time >= from);
  const end = times.findLastIndex((time) => time <= to) + 1;
  return first < 0 || end <= first ? [0, 0] : [first, end];
};

/** The range in days, as the two date fields show it. */
export const toFree = (times: readonly number[], range: Range): FreeRange => {
  if (isFree(range)) return range;
  const [from, to] = cut(times, range);
  const [first, last] = [times[from], times[to - 1]];
  return { from: first === undefined ? '' : isoDay(first), to: last === undefined ? '' : isoDay(last) };
};
