/** The names of days below a drawing. */

export type TickUnit = 'day' | 'month' | 'year';

const dayLength = 86_400_000;
const monthName = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const dayName = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

export const tickUnit = (from: number, to: number): TickUnit => {
  const days = (to - from) / dayLength;
  return days <= 130 ? 'day' : days <= 1500 ? 'month' : 'year';
};

export const tickText = (time: number, unit: TickUnit, first: boolean): string => {
  const date = new Date(time);
  const year = String(date.getUTCFullYear());
  if (unit === 'day') return dayName.format(time);
  if (unit === 'year') return year;
  return first || date.getUTCMonth() === 0 ? `${monthName.format(time)} ${year}` : monthName.format(time);
};
