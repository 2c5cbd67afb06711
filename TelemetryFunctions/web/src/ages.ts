/** The two charts of how long systems have been there are one, whose detail is chosen. */
import type { Metric } from './api.js';

/** The breakdown of the spans that people name, beside those of days. */
const spans = 'spans';

const joined = (age: Metric, days: Metric): Metric => ({
  ...age,
  breakdowns: [spans, ...days.breakdowns],
  by: spans,
  parts: new Map([[spans, age], ...days.breakdowns.map((by): [string, Metric] => [by, days])]),
});

export const joinAges = (metrics: readonly Metric[]): readonly Metric[] =>
  metrics.flatMap((metric) => {
    const partner = (kind: string): Metric | undefined => metrics.find((one) => one.kind === kind && one.group === metric.group);
    if (metric.kind === 'age-in-days' && partner('age')) return [];
    const days = metric.kind === 'age' ? partner('age-in-days') : undefined;
    return [days ? joined(metric, days) : metric];
  });
