/** The head of a chart: its title, which is a link to it, its question, and the choices that it has of its own. */
import type { Metric } from './api.js';
import { h, label, segmented, toggle, type Child } from './dom.js';
import { titleOf } from './model.js';
import { text, type TextKey } from './texts.js';
import type { ChartView, Mode } from './view.js';

const breakdownNames: Readonly<Record<string, TextKey>> = {
  xy: 'charts.xy', xyz: 'charts.xyz', mean: 'charts.mean', p5: 'charts.p5', median: 'charts.median', p95: 'charts.p95',
  spans: 'charts.spans', age: 'charts.age', accumulated: 'charts.accumulated',
};

const breakdownTitles: Readonly<Record<string, TextKey>> = {
  xy: 'charts.xyTitle', xyz: 'charts.xyzTitle', mean: 'charts.meanTitle', p5: 'charts.p5Title', p95: 'charts.p95Title',
};

const textOf = (keys: Readonly<Record<string, TextKey>>, by: string): string | undefined => keys[by] && text(keys[by]);

/** A breakdown as people read it. */
export const breakdownName = (by: string): string => textOf(breakdownNames, by) ?? by;

const modes = [
  { value: 'time', text: text('charts.overTime') },
  { value: 'day', text: text('charts.lastDay'), title: text('charts.lastDayTitle') },
] as const;

const icons = {
  stack: 'M2 13V9l4-3 4 2 4-5v10zM2 9.5l4-1.5 4 2.5 4-3',
  lines: 'M2 12l4-3 4 2 4-6M2 7l4 1 4-4 4 1',
  log: 'M3 13h10M3 13V3M5 12c3 0 3-7 8-8',
  wide: 'M6 5 3 8l3 3M10 5l3 3-3 3M3 8h10',
} as const;

const shapes = [
  { value: 'stack', text: text('charts.stack'), icon: icons.stack },
  { value: 'lines', text: text('charts.lines'), icon: icons.lines },
] as const;

export const renderHeading = (metric: Metric): HTMLElement =>
  h('h3', { id: `${metric.id}-title` },
    h('a', { href: `#${encodeURIComponent(metric.id)}` }, label(metric.title), metric.kind === 'versions' && titleOf(metric).slice(metric.title.length)));

export interface Switches {
  readonly mode: Mode;
  readonly by: string | null;
  readonly view: ChartView;
  /** Its parts can be stacked, and are. */
  readonly stackable: boolean;
  readonly stacked: boolean;
}

const renderDrawing = (title: string, { mode, view, stackable, stacked }: Switches, onChange: (change: Partial<ChartView>) => void): readonly Child[] => {
  if (mode === 'day') return [];
  return [
    stackable && segmented(text('charts.drawing', { title }), shapes, stacked ? 'stack' : 'lines', (chosen) => onChange({ lines: chosen === 'lines' })),
    !stacked && toggle(text('charts.log'), text('charts.logOf', { title }), icons.log, view.log, (log) => onChange({ log })),
  ];
};

export const renderSwitches = (metric: Metric, switches: Switches, onChange: (change: Partial<ChartView>) => void): readonly Child[] => {
  const { shape, breakdowns, by: standard, series } = metric;
  const { mode, by, view } = switches;
  const title = titleOf(metric);
  const options = breakdowns.map((value) => ({ value, text: breakdownName(value), title: textOf(breakdownTitles, value) }));
  return [
    shape !== 'line' && series.length > 1 &&
      segmented<Mode>(text('charts.view', { title }), modes, mode, (chosen) => onChange({ mode: chosen })),
    options.length > 1 && by !== null &&
      segmented(text('charts.detail', { title }), options, by, (chosen) => onChange({ by: chosen === standard ? null : chosen, only: null })),
    ...renderDrawing(title, switches, onChange),
    toggle(text('charts.wide'), text('charts.wideOf', { title }), icons.wide, view.wide, (wide) => onChange({ wide })),
  ];
};
