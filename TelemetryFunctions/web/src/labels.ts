/** What the labels of a chart say, and in which order they come. */
import type { Series } from './api.js';

export const other = 'other';
export const unknown = 'unknown';

/** Between the first and the last version of a run such as `3.1–3.40`. */
export const dash = '–';

/** The numeric parts of a version such as `3.21` or `3.21.4`, or null for any other label. */
export const versionParts = (label: string): readonly number[] | null =>
  /^\d{1,9}(\.\d{1,9}){1,3}$/.test(label) ? label.split('.').map(Number) : null;

/** Versions that follow each other, drawn as one. */
export interface Run {
  readonly first: string;
  readonly last: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** The versions that a label stands for, one or several, or null for any other label. */
export const runOf = (label: string): Run | null => {
  const [first = '', last = first, ...rest] = label.split(dash);
  const [from, to] = [versionParts(first), versionParts(last)];
  return from && to && rest.length === 0 ? { first, last, from, to } : null;
};

const daysOf: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, year: 365 };

/** Where a step of a scale begins, such as `8-30 days`, `< 1 week` or `2^4`, or null for any other label. */
export const stepStart = (label: string): number | null => {
  const match = runOf(label) ? null : /^(<|≤|>|≥|under|over|up to)?\s*(\d{1,15})/i.exec(label);
  if (!match) return null;
  const unit = /day|week|month|year/i.exec(label)?.[0].toLowerCase();
  const bound = /^[<≤u]/i.test(label) ? -0.5 : /^[>≥o]/i.test(label) ? 0.5 : 0;
  return (Number(match[2]) + bound) * (unit ? (daysOf[unit] ?? 1) : 1);
};

const rank = (label: string): number => {
  if (label === other) return 0;
  return label.toLowerCase() === unknown ? 1 : runOf(label) ? 3 : 2;
};

export const compareVersions = (a: readonly number[], b: readonly number[]): number => {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? -1) - (b[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
};

const natural = new Intl.Collator('en', { numeric: true });

/** From the bottom of a stack to its top: `other`, `unknown`, labels in natural order, versions by number. */
export const compareLabels = (a: string, b: string): number => {
  const [left, right] = [runOf(a), runOf(b)];
  if (left && right) return compareVersions(left.to, right.to);
  const [start, end] = [stepStart(a), stepStart(b)];
  if (start !== null && end !== null && start !== end) return start - end;
  return rank(a) - rank(b) || natural.compare(a, b) || (a < b ? -1 : 1);
};

/** Labels that are all steps of one scale, such as ages or powers of two, and not versions. */
export const isScale = (labels: readonly string[]): boolean => {
  const named = labels.filter((label) => label !== other);
  return named.length > 2 && named.every((label) => stepStart(label) !== null);
};

/** The sum of each day, over the series that have a value; null where none has. */
export const sum = (all: readonly Pick<Series, 'values'>[], days: number): readonly (number | null)[] => {
  const [first] = all;
  if (all.length === 1 && first?.values.length === days) return first.values;
  const totals = new Array<number | null>(days).fill(null);
  for (const { values } of all) {
    for (let i = 0; i < days; i++) {
      const value = values[i];
      if (value != null) totals[i] = (totals[i] ?? 0) + value;
    }
  }
  return totals;
};
