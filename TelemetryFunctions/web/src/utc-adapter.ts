/**
 * Chart.js's date adapter in UTC. The usual adapters compute in the reader's time zone or bring a time zone library that is
 * larger than this page; points here are the starts of UTC days, and read anywhere else they would name the day before.
 */
import { _adapters, type TimeUnit } from 'chart.js';
import { locale } from './texts.js';

const lengths: Partial<Record<TimeUnit, number>> = {
  millisecond: 1, second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000,
};
const months: Partial<Record<TimeUnit, number>> = { month: 1, quarter: 3, year: 12 };

const formatOptions: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  time: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
};
const formats = new Map(
  Object.entries(formatOptions).map(([name, options]) => [name, new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })]),
);

const monthIndex = (time: number): number => {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

const startOf = (time: number, unit: TimeUnit | 'isoWeek', weekday = 1): number => {
  const step = months[unit as TimeUnit];
  if (step) {
    const date = new Date(time);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - (date.getUTCMonth() % step));
  }
  const dayStart = Math.floor(time / 86_400_000) * 86_400_000;
  if (unit === 'week' || unit === 'isoWeek') {
    return dayStart - ((new Date(dayStart).getUTCDay() - weekday + 7) % 7) * 86_400_000;
  }
  const length = lengths[unit] ?? 1;
  return Math.floor(time / length) * length;
};

_adapters._date.override({
  formats: () => ({
    datetime: 'day', millisecond: 'time', second: 'time', minute: 'time', hour: 'time',
    day: 'day', week: 'day', month: 'month', quarter: 'month', year: 'year',
  }),
  parse: (value) => (typeof value === 'number' ? value : value instanceof Date ? value.getTime() : null),
  format: (time, format) => formats.get(format)?.format(time) ?? new Date(time).toISOString(),
  add: (time, amount, unit) => {
    const step = months[unit];
    if (!step) return time + amount * (lengths[unit] ?? 1);
    const date = new Date(time);
    date.setUTCMonth(date.getUTCMonth() + amount * step);
    return date.getTime();
  },
  diff: (max, min, unit) => {
    const step = months[unit];
    return step ? (monthIndex(max) - monthIndex(min)) / step : (max - min) / (lengths[unit] ?? 1);
  },
  startOf: (time, unit, weekday) => startOf(time, unit, typeof weekday === 'number' ? weekday : 1),
  endOf: (time, unit) => {
    const step = months[unit];
    if (!step) return startOf(time, unit) + (lengths[unit] ?? 1) - 1;
    const date = new Date(startOf(time, unit));
    date.setUTCMonth(date.getUTCMonth() + step);
    return date.getTime() - 1;
  },
});
