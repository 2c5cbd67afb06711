/** Which days the dashboard shows; in the query of the address, so that a link shows the same. */
import { dayLength } from '../range.js';
import { isoDay, parseDay } from '../format.js';

export const presets = ['1d', '7d', '30d', '90d', '1y'] as const;
export type Preset = (typeof presets)[number];

export const presetNames: Readonly<Record<Preset, string>> = { '1d': '24 hours', '7d': '7 days', '30d': '30 days', '90d': '90 days', '1y': '1 year' };

const lengths: Readonly<Record<Preset, number>> = { '1d': 1, '7d': 7, '30d': 30, '90d': 90, '1y': 365 };
const standard: Preset = '30d';

/** So many days are shown by the hour where hours are known. */
const mostDaysOfHours = 7;

export interface Period {
  /** Null for days of one's own. */
  readonly preset: Preset | null;
  /** The first and the last day, `yyyy-MM-dd`. */
  readonly from: string;
  readonly to: string;
}

export const ofPreset = (preset: Preset, now: number): Period => ({
  preset,
  // The hours of 24 are those of two days.
  from: isoDay(now - (preset === '1d' ? 1 : lengths[preset] - 1) * dayLength),
  to: isoDay(now),
});

const isPreset = (text: string | null): text is Preset => (presets as readonly (string | null)[]).includes(text);

export const readPeriod = (query: URLSearchParams, now: number): Period => {
  const [range, from, to] = ['range', 'from', 'to'].map((name) => query.get(name));
  const [first, last] = [parseDay(from), parseDay(to)];
  if (first !== null && last !== null && first <= last) return { preset: null, from: isoDay(first), to: isoDay(last) };
  return ofPreset(isPreset(range ?? null) ? (range as Preset) : standard, now);
};

export const toQuery = ({ preset, from, to }: Period): string =>
  preset === standard ? '' : `?${new URLSearchParams(preset === null ? { from, to } : { range: preset })}`;

/** True where hours would be too many to be seen. */
export const isByDay = ({ from, to }: Period): boolean => (parseDay(to) ?? 0) - (parseDay(from) ?? 0) >= mostDaysOfHours * dayLength;
