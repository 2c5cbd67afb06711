/** Order and folding of the series of a chart. */
import type { Series } from './api.js';

export const other = 'other';
const unknown = 'unknown';

/** The numeric parts of a version such as `3.21` or `3.21.4`, or null for any other label. */
export const versionParts = (label: string): readonly number[] | null =>
  /^\d{1,9}(\.\d{1,9}){1,3}$/.test(label) ? label.split('.').map(Number) : null;

const daysOf: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, year: 365 };

/** Where a step of a scale begins, such as `8-30 days`, `< 1 week` or `2^4`, or null for any other label. */
export const stepStart = (label: string): number | null => {
  const match = versionParts(label) ? null : /^(<|≤|>|≥|under|over|up to)?\s*(\d{1,15})/i.exec(label);
  if (!match) return null;
  const unit = /day|week|month|year/i.exec(label)?.[0].toLowerCase();
  const bound = /^[<≤u]/i.test(label) ? -0.5 : /^[>≥o]/i.test(label) ? 0.5 : 0;
  return (Number(match[2]) + bound) * (unit ? (daysOf[unit] ?? 1) : 1);
};

const rank = (label: string): number => {
  if (label === other) return 0;
  return label.toLowerCase() === unknown ? 1 : versionParts(label) ? 3 : 2;
};

const compareVersions = (a: readonly number[], b: readonly number[]): number => {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? -1) - (b[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
};

const natural = new Intl.Collator('en', { numeric: true });

/** From the bottom of a stack to its top: `other`, `unknown`, labels in natural order, versions by number. */
export const compareLabels = (a: string, b: string): number => {
  const [left, right] = [versionParts(a), versionParts(b)];
  if (left && right) return compareVersions(left, right);
  const [start, end] = [stepStart(a), stepStart(b)];
  if (start !== null && end !== null && start !== end) return start - end;
  return rank(a) - rank(b) || natural.compare(a, b) || (a < b ? -1 : 1);
};

/** Labels that are all steps of one scale, such as ages or powers of two, and not versions. */
export const isScale = (labels: readonly string[]): boolean => {
  const named = labels.filter((label) => label !== other);
  return named.length > 2 && named.every((label) => stepStart(label) !== null);
};

const lastValue = (series: Series): number => series.values.at(-1) ?? 0;

/** The sum of each day, over the series that have a value; null where none has. */
export const sum = (all: readonly Pick<Series, 'values'>[], days: number): (number | null)[] =>
  Array.from({ length: days }, (_, i) =>
    all.reduce<number | null>((total, { values: v }) => (v[i] == null ? total : (total ?? 0) + v[i]), null));

/**
 * Keeps the series that matter and adds the rest up as `other`. Half of the places go to the largest of the last day and the
 * rest to the largest over all days, so that neither today's newcomer nor last year's giant is lost.
 */
export const fold = (all: readonly Series[], places: number): readonly Series[] => {
  const present = all.filter(({ values }) => values.some((value) => value !== null && value > 0));
  const named = present.filter(({ label }) => label !== other);
  if (named.length <= places) return present;

  const sums = new Map(named.map((series) => [series, series.values.reduce<number>((total, value) => total + (value ?? 0), 0)]));
  const byLast = named.toSorted((a, b) => lastValue(b) - lastValue(a) || compareLabels(a.label, b.label));
  const bySum = named.toSorted((a, b) => (sums.get(b) ?? 0) - (sums.get(a) ?? 0) || compareLabels(a.label, b.label));
  const kept = new Set(byLast.slice(0, places / 2));
  for (const series of bySum) if (kept.size < places) kept.add(series);
  return [...kept, { label: other, values: sum(present.filter((series) => !kept.has(series)), present[0]?.values.length ?? 0) }];
};
