/** Numbers and days as the visitor writes them. Days are UTC, because windows are. */
import { locale, text } from './texts.js';

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const fraction = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
const finePercent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const signedPoints = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const weekday = new Intl.DateTimeFormat(locale, {
  weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC',
});
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

export const formatNumber = (value: number): string =>
  Number.isInteger(value) || Math.abs(value) >= 1000 ? whole.format(value) : fraction.format(value);

/** A dash for what is not known. */
export const formatKnown = (value: number | null | undefined): string => (value == null ? text('charts.unknown') : formatNumber(value));

/** The unit that every catalogue has. Of another one, which a catalogue may name at will, no singular and no translation is known. */
const systems = 'systems';

/** The unit of a number: `1 system`, `2 systems`. */
export const formatUnit = (value: number, unit: string): string => (unit === systems ? text('charts.systems', { count: value }) : unit);

/** The unit where it is of no number. */
export const unitName = (unit: string): string => (unit === systems ? text('charts.allSystems') : unit);

/** What is counted out of, where the catalogue has no words of its own for it. */
export const outOfName = (outOf: string): string => (outOf === 'systems that report' ? text('charts.allThatReport') : outOf);

/** A text as the beginning of a sentence. */
export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const formatCompact = (value: number): string => (Math.abs(value) < 10_000 ? formatNumber(value) : compact.format(value));

export const formatShare = (share: number): string => (share > 0 && share < 0.1 ? finePercent : percent).format(share);

export const formatChange = (change: number): string => signed.format(change);

/** A change of a share in percentage points: `+5.2 pts`. */
export const formatPoints = (change: number): string => text('charts.points', { points: signedPoints.format(change * 100) });

export const formatDay = (time: number): string => day.format(time);

/** A day beside another one, whose year says the year of both. */
export const formatDayBefore = (time: number, other: number): string =>
  new Date(time).getUTCFullYear() === new Date(other).getUTCFullYear() ? shortDay.format(time) : formatDay(time);

export const formatWeekday = (time: number): string => weekday.format(time);

/** A day, or an hour of one. */
export const formatWindow = (time: number, hourly: boolean, day = formatDay): string => (hourly ? `${day(time)}, ${formatClock(time)}` : day(time));

export const formatClock = (time: number): string => `${clock.format(time)} UTC`;

/** `2026-11-20` as epoch milliseconds, or null where it is no day. */
export const parseDay = (text: string | null | undefined): number | null => {
  const time = text ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? null : time;
};

export const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);
