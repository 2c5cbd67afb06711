/** The top of the page: the few numbers that matter. */
import type { Health, Metric, Overview } from './api.js';
import { h, label, type Child } from './dom.js';
import { formatChange, formatDay, formatKnown, formatNumber, formatShare, formatUnit } from './format.js';
import { readFreshness } from './freshness.js';
import { compareLabels, other, sum, versionParts } from './labels.js';
import { changeOverMonth } from './summary.js';

export const activeSystems = 'active-systems';

const month = 30;

/** The last closed day; of the first day, which is not over, today so far. */
const shownDay = ({ times, provisional }: Overview): number => Math.max(0, times.length - (provisional ? 2 : 1));

const totalsOf = (metric: Metric | undefined, { times }: Overview): readonly (number | null)[] => sum(metric?.series ?? [], times.length);

const tile = (name: string, value: Child, ...notes: readonly Child[]): HTMLElement =>
  h('div', { class: 'tile' }, h('dt', {}, name), h('dd', { class: 'figure' }, value), h('dd', { class: 'note' }, ...notes));

const activeTile = (overview: Overview, totals: readonly (number | null)[]): HTMLElement => {
  const day = shownDay(overview);
  const soFar = overview.provisional && overview.times.length === 1;
  return tile('Active systems', formatKnown(totals[day]), soFar ? 'today so far' : `on ${formatDay(overview.times[day] ?? 0)}`);
};

const changeTile = (overview: Overview, totals: readonly (number | null)[]): HTMLElement => {
  const change = changeOverMonth(totals, overview.provisional);
  if (change === null) return tile('Change in 30 days', '–', 'Known once there are 30 days to compare.');
  const before = totals[shownDay(overview) - month] ?? 0;
  const figure = h('span', { class: change < 0 ? 'down' : 'up' }, formatChange(change));
  return tile('Change in 30 days', figure, `from ${formatNumber(before)} ${formatUnit(before, 'systems')}`);
};

/** The newest version of the component that most systems have. */
const newestTile = (overview: Overview): HTMLElement | null => {
  const day = shownDay(overview);
  const at = (metric: Metric): number => metric.series.reduce((total, { values }) => total + (values[day] ?? 0), 0);
  const component = overview.metrics.filter(({ id }) => id.startsWith('components/')).toSorted((a, b) => at(b) - at(a))[0];
  const newest = component?.series
    .filter((series) => series.label !== other && versionParts(series.label) && (series.values[day] ?? 0) > 0)
    .toSorted((a, b) => compareLabels(b.label, a.label))[0];
  if (!component || !newest) return null;
  const share = (newest.values[day] ?? 0) / at(component);
  return tile('On the newest version', formatShare(share), label(component.title), ' ', label(newest.label));
};

const freshnessTile = (overview: Overview, health: Health | null): HTMLElement => {
  const { late, day, next } = readFreshness(overview, health);
  const element = tile('Last summarized day', day, next);
  element.classList.add('fresh');
  element.classList.toggle('late', late);
  if (late) element.setAttribute('role', 'status');
  return element;
};

export const renderOverview = (overview: Overview, health: Health | null): HTMLElement => {
  const totals = totalsOf(overview.metrics.find(({ id }) => id === activeSystems), overview);
  return h(
    'section', { class: 'overview', 'aria-label': 'Overview' },
    h('dl', { class: 'tiles' }, activeTile(overview, totals), changeTile(overview, totals), newestTile(overview), freshnessTile(overview, health)),
  );
};
