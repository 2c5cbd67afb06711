/** How fresh the data is: the last summarized day, when the next run is due, and whether it is late. */
import type { Days, Health } from './api.js';
import { formatClock, formatDay, parseDay } from './format.js';

export interface Freshness {
  readonly late: boolean;
  /** Through which day there is data, a sentence. */
  readonly through: string;
  readonly next: string;
}

const dayLength = 86_400_000;

const nextRun = (health: Health | null): string => {
  const next = Date.parse(health?.nextRun ?? '');
  if (Number.isNaN(next)) return 'The service does not say when the next run is due.';
  const day = next - Date.now() > dayLength ? `${formatDay(next)}, ` : '';
  return `Next run due ${day}${formatClock(next)}`;
};

export const readFreshness = (days: Days, health: Health | null): Freshness => {
  const through = parseDay(health?.lastSummarizedDay ?? days.through);
  const late = health?.status === 'late';
  const wrong = health?.status === 'ahead' || health?.status === 'clock';
  return {
    late: late || wrong,
    through: through === null ? 'No day is over and summarized yet.' : `Data through ${formatDay(through)}.`,
    next: wrong ? 'The clock of the server is, or was, wrong: days may be missing until it is right.'
      : late ? `Late: newer days are not summarized. ${nextRun(health)}` : nextRun(health),
  };
};
