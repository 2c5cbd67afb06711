/** The top of the page: what it is about, the few numbers that matter, and how fresh they are. */
import type { Health, Metric, Overview } from './api.js';
import { changeUpTo } from './change.js';
import { h, label, type Child } from './dom.js';
import { formatDay, formatKnown, formatShare, formatUnit, unitName } from './format.js';
import { readFreshness } from './freshness.js';
import { breakdownName } from './head.js';
import { compareVersions, other, runOf, sum } from './labels.js';
import { cut, pick, type Range } from './range.js';
import { sparkline } from './sparkline.js';
import { changeText } from './summary.js';
import { labelText, parts, text } from './texts.js';

type Values = readonly (number | null)[];

interface Figure {
  readonly text: string;
  /** What the figure is of. */
  readonly of: readonly Child[];
  /** What it was on every day. */
  readonly every: Values;
  /** The change of `every` says something about it. */
  readonly changes: boolean;
}

const totalsOf = ({ series, counted }: Metric, days: number): Values => {
  const totals = sum(series, days);
  return counted ? totals.map((value, i) => counted[i] ?? value) : totals;
};

/** A part of those that are counted. */
const shareOf = (metric: Metric, values: Values, day: number, of: readonly Child[]): Figure => {
  const days = values.length;
  const totals = totalsOf(metric, days);
  const every = values.map((value, i) => (value !== null && totals[i] ? value / (totals[i] ?? 1) : null));
  const share = every[day] ?? null;
  return { text: share === null ? text('charts.unknown') : formatShare(share), of, every, changes: false };
};

const newest = (metric: Metric, day: number): Figure | null => {
  const there = metric.series.flatMap((series) => {
    const run = runOf(series.label);
    return run && (series.values[day] ?? 0) > 0 ? [{ run, series }] : [];
  }).toSorted((a, b) => compareVersions(b.run.to, a.run.to));
  const [first] = there;
  if (!first) return null;
  return shareOf(metric, first.series.values, day, parts('charts.onNewest', { version: label(first.run.last) }));
};

const mostCommon = (metric: Metric, day: number): Figure | null => {
  const largest = metric.series.filter((series) => series.label !== other).toSorted((a, b) => (b.values[day] ?? 0) - (a.values[day] ?? 0))[0];
  if (!largest || !largest.values[day]) return null;
  return shareOf(metric, largest.values, day, parts('charts.mostCommon', { label: label(labelText(largest.label)) }));
};

/** The largest of the numbers, in the breakdown that is shown where nothing else is asked for. */
const typical = ({ series, by, unit }: Metric, day: number): Figure | null => {
  const largest = series.toSorted((a, b) => (b.values[day] ?? 0) - (a.values[day] ?? 0))[0];
  if (!largest) return null;
  const of = parts('charts.typical', { measure: breakdownName(by ?? ''), label: label(largest.label), unit: unitName(unit) });
  return { text: formatKnown(largest.values[day]), of, every: largest.values, changes: false };
};

const number = (metric: Metric, day: number, days: number): Figure => {
  const every = totalsOf(metric, days);
  const value = every[day] ?? null;
  return { text: formatKnown(value), of: [formatUnit(value ?? 0, metric.unit)], every, changes: true };
};

const figureOf = (metric: Metric, day: number, days: number): Figure | null => {
  switch (metric.kind) {
    case 'count': case 'sum': return number(metric, day, days);
    case 'mean': return typical(metric, day);
    case 'versions': return newest(metric, day);
    default: return mostCommon(metric, day);
  }
};

const renderTile = (metric: Metric, { times, provisional }: Overview, range: Range): HTMLElement | null => {
  const days = cut(times, range);
  const isOpen = provisional && days[1] === times.length;
  const soFar = isOpen && days[1] === 1;
  const day = days[1] - (isOpen && !soFar ? 2 : 1);
  const figure = day >= 0 ? figureOf(metric, day, times.length) : null;
  if (!figure) return null;
  const change = figure.changes ? changeUpTo(times, figure.every, day) : null;
  const picked = pick(times, days).filter((i) => i <= day);
  return h(
    'div', { class: 'tile' },
    h('dt', {}, h('a', { href: `#${encodeURIComponent(metric.id)}` }, label(metric.title))),
    h('dd', { class: 'figure' }, figure.text),
    h('dd', { class: 'note' }, ...(soFar ? parts('charts.figureToday', { figure: figure.of }) : parts('charts.figureOn', { figure: figure.of, day: formatDay(times[day] ?? 0) }))),
    change && change.now.time === times[day] && h('dd', { class: 'note' }, changeText(change)),
    picked.length > 2 && h('dd', { class: 'spark', 'aria-hidden': 'true' }, sparkline(picked.map((i) => times[i] ?? 0), picked.map((i) => figure.every[i] ?? null))),
  );
};

/** Of charts of one metric, such as components, the one that most systems have. */
const headlines = ({ metrics, times }: Overview): readonly Metric[] => {
  const groups = Map.groupBy(metrics.filter(({ headline }) => headline), ({ catalogue }) => catalogue);
  const last = (metric: Metric): number => totalsOf(metric, times.length).findLast((value) => value !== null) ?? 0;
  return [...groups.values()].flatMap((group) => group.toSorted((a, b) => last(b) - last(a)).slice(0, 1));
};

const renderFreshness = (overview: Overview, health: Health | null): HTMLElement => {
  const { late, through, next } = readFreshness(overview, health);
  return h('p', { class: late ? 'fresh late' : 'fresh', role: late && 'status' }, `${through} ${next}`);
};

/** What the page is about, the numbers of a range, which follow it, and how fresh they are. */
export class Top {
  readonly element: HTMLElement;
  readonly #overview: Overview;
  readonly #tiles = h('dl', { class: 'tiles' });

  constructor(overview: Overview, health: Health | null, product: string, range: Range) {
    this.#overview = overview;
    const unit = unitName(overview.metrics.find(({ kind }) => kind === 'count')?.unit ?? 'systems');
    this.element = h(
      'section', { class: 'overview', 'aria-label': text('charts.overview') },
      // A site may have a sentence of its own.
      !document.querySelector('.sentence') &&
        h('p', { class: 'lead' }, ...(product ? parts('charts.howProductIsUsed', { product: label(product), unit }) : [text('charts.howItIsUsed', { unit })])),
      this.#tiles,
      renderFreshness(overview, health),
    );
    this.use(range);
  }

  use(range: Range): void {
    const tiles = headlines(this.#overview).map((metric) => renderTile(metric, this.#overview, range));
    this.#tiles.replaceChildren(...tiles.filter((tile) => tile !== null));
    this.#tiles.hidden = this.#tiles.childElementCount === 0;
  }
}
