/** The top of the page: how many systems are active, how that changed, and how fresh the data is. */
import type { ChartDocument, Health } from './api.js';
import { h } from './dom.js';
import { formatChange, formatClock, formatDay, formatNumber, parseDay } from './format.js';
import { buildModel, totalAt } from './model.js';
import { readTheme } from './palette.js';
import { changeOverMonth } from './summary.js';

const day = 86_400_000;
/** The midnight run takes its time; half a day later something is wrong. */
const lateAfter = 2 * day + day / 2;

const renderFreshness = (through: number | null, health: Health | null): HTMLElement => {
  if (through === null) return h('p', { class: 'quiet' }, 'No closed day has been summarized yet.');
  const next = Date.parse(health?.nextRun ?? '');
  const late = Date.now() - through > lateAfter;
  return h(
    'p', { class: late ? 'late' : 'quiet' },
    'Last summarized day ',
    h('time', {}, formatDay(through)),
    late ? ': newer days are late' : '',
    Number.isNaN(next) ? '' : `. Next run ${next - Date.now() > day ? `${formatDay(next)}, ` : ''}${formatClock(next)}`,
  );
};

export const renderOverview = (active: ChartDocument, health: Health | null): HTMLElement => {
  const model = buildModel(active, 'all', readTheme());
  const change = changeOverMonth(model);
  const through = parseDay(health ? health.lastSummarizedDay : active.through);
  const onlyToday = model.provisional && model.times.length === 1;
  const shown = model.times.length - (model.provisional && !onlyToday ? 2 : 1);
  return h(
    'div', { class: 'overview' },
    h('p', { class: 'figure' }, formatNumber(totalAt(model, shown))),
    h('p', { class: 'figure-name' }, onlyToday ? 'active systems today so far' : 'active systems'),
    change !== null &&
      h('p', { class: 'change' },
        h('span', { class: change < 0 ? 'down' : 'up' }, formatChange(change)), ' in 30 days'),
    renderFreshness(through, health),
  );
};
