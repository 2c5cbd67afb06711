/** The head of a chart: its title, which is a link to it, and the choices that it has of its own. */
import type { Metric } from './api.js';
import { h, label, segmented } from './dom.js';
import type { ChartView, Mode } from './view.js';

const breakdownNames: Readonly<Record<string, string>> = {
  xy: 'x.y', xyz: 'x.y.z', mean: 'Mean', p5: 'P5', median: 'Median', p95: 'P95', age: 'By age', accumulated: 'Accumulated',
};

const breakdownTitles: Readonly<Record<string, string>> = {
  mean: 'Mean, without what lies beyond the 99.9th percentile',
  p5: '5th percentile: one system in twenty has less', p95: '95th percentile: one system in twenty has more',
};

const modes = [
  { value: 'time', text: 'Over time' },
  { value: 'day', text: 'Last day', title: 'The distribution on the last day of the range' },
] as const;

export const renderHeading = ({ id, title }: Metric): HTMLElement =>
  h('h3', { id: `${id}-title` }, h('a', { href: `#${encodeURIComponent(id)}` }, label(title)));

export const renderSwitches = (
  { title, shape, breakdowns, by: standard, series }: Metric,
  mode: Mode,
  by: string | null,
  onChange: (change: Partial<ChartView>) => void,
): HTMLElement => {
  const options = breakdowns.map((value) => ({ value, text: breakdownNames[value] ?? value, title: breakdownTitles[value] }));
  return h(
    'div', { class: 'switches' },
    shape !== 'line' && series.length > 1 &&
      segmented<Mode>(`View of ${title}`, modes, mode, (chosen) => onChange({ mode: chosen })),
    options.length > 1 && by !== null &&
      segmented(`Detail of ${title}`, options, by, (chosen) => onChange({ by: chosen === standard ? null : chosen, only: null })),
  );
};
