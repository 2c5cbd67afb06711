/** The time range that all charts of the page share; kept in the address, so that a link shows the same. */

export const ranges = ['30d', '90d', '1y', 'all'] as const;
export type Range = (typeof ranges)[number];

export const rangeNames: Readonly<Record<Range, string>> = { '30d': '30 days', '90d': '90 days', '1y': '1 year', all: 'All' };

const days: Readonly<Record<Range, number>> = { '30d': 30, '90d': 90, '1y': 365, all: Number.POSITIVE_INFINITY };
const dayLength = 86_400_000;
const standard: Range = '1y';

export const readRange = (): Range => {
  const asked = new URLSearchParams(location.search).get('range');
  return ranges.find((range) => range === asked) ?? standard;
};

export const writeRange = (range: Range): void => {
  const url = new URL(location.href);
  if (range === standard) url.searchParams.delete('range');
  else url.searchParams.set('range', range);
  history.replaceState(null, '', url);
};

/** Index of the first of `times` within the range, which ends with the last of them. */
export const firstInRange = (times: readonly number[], range: Range): number => {
  const last = times.at(-1);
  if (last === undefined) return 0;
  const from = last - days[range] * dayLength;
  return Math.max(0, times.findIndex((time) => time > from));
};
