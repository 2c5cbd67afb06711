/** What the labels of a chart say. */
import type { Series } from './api.js';

export const other = 'other';

/** Between the first and the last version of a run such as `3.1–3.40`. */
export const dash = '–';

/** The numeric parts of a version such as `3.21` or `3.21.4`, or null for any other label. */
const versionParts = (label: string): readonly number[] | null =>
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

/** True for a step of a scale, such as `8-30 days`, `< 1 week` or `2^4`. */
const isStep = (label: string): boolean => runOf(label) === null && /^(<|≤|>|≥|under|over|up to)?\s*\d/i.test(label);

export const compareVersions = (a: readonly number[], b: readonly number[]): number => {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? -1) - (b[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** Labels that are all steps of one scale, such as ages or powers of two, and not versions. */
export const isScale = (labels: readonly string[]): boolean => {
  const named = labels.filter((label) => label !== other);
  return named.length > 2 && named.every(isStep);
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
