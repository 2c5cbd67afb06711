/** How fresh the data is: the last summarized day, when the next run is due, and whether it is late. */
import type { Days, Health } from './api.js';
import { formatClock, formatDay, parseDay } from './format.js';
import { text } from './texts.js';

export interface Freshness {
  readonly late: boolean;
  /** Through which day there is data, a sentence. */
  readonly through: string;
  readonly next: string;
}

const dayLength = 86_400_000;

const nextRun = (health: Health | null): string => {
  const next = Date.parse(health?.nextRun ?? '');
  if (Number.isNaN(next)) return text('charts.nextRunUnknown');
  const time = formatClock(next);
  return next - Date.now() > dayLength ? text('charts.nextRunOn', { day: formatDay(next), time }) : text('charts.nextRun', { time });
};

export const readFreshness = (days: Days, health: Health | null): Freshness => {
  const through = parseDay(health?.lastSummarizedDay ?? days.through);
  const late = health?.status === 'late';
  const wrong = health?.status === 'ahead' || health?.status === 'clock';
  return {
    late: late || wrong,
    through: through === null ? text('charts.noDayYet') : text('charts.through', { day: formatDay(through) }),
    next: wrong ? text('charts.wrongClock')
      : late ? text('charts.late', { next: nextRun(health) }) : nextRun(health),
  };
};
