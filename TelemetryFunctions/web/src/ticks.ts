/** The names of days below a drawing. */

export type TickUnit = 'day' | 'month' | 'year';

const dayLength = 86_400_000;
const monthName = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const dayName = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

export const tickUnit = (from: number, to: number): TickUnit => {
  const days = (to - from) / dayLength;
  return days <= 130 ? 'day' : days <= 1500 ? 'month' : 'year';
};

/** What a tick says; with its year where it is the first of it that is named. */
export const tickText = (time: number, unit: TickUnit, withYear: boolean): string => {
  const year = String(new Date(time).getUTCFullYear());
  if (unit === 'year') return year;
  const name = (unit === 'day' ? dayName : monthName).format(time);
  return withYear ? `${name} ${year}` : name;
};
