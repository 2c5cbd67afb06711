/** The names of days below a drawing. */
import { locale } from './texts.js';

export type TickUnit = 'hour' | 'day' | 'month' | 'year';

const dayLength = 86_400_000;
const format = (fields: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => new Intl.DateTimeFormat(locale, { ...fields, timeZone: 'UTC' });
const month = { month: 'short' } as const;
const day = { day: 'numeric', month: 'short' } as const;
const year = { year: 'numeric' } as const;
const hour = format({ hour: '2-digit', minute: '2-digit' });
const names = { day: format(day), month: format(month), year: format(year) } as const;
const namesWithYear = { day: format({ ...day, ...year }), month: format({ ...month, ...year }), year: format(year) } as const;

/** Fewer days than that have room for some of their hours. */
const fewDays = 3;

export const tickUnit = (from: number, to: number, hourly: boolean): TickUnit => {
  const days = (to - from) / dayLength;
  return hourly && days < fewDays ? 'hour' : days <= 130 ? 'day' : days <= 1500 ? 'month' : 'year';
};

/** What a tick says; with its year where it is the first of it that is named. */
export const tickText = (time: number, unit: TickUnit, withYear: boolean): string => {
  if (unit !== 'hour') return (withYear ? namesWithYear : names)[unit].format(time);
  return time % dayLength === 0 ? names.day.format(time) : hour.format(time);
};
