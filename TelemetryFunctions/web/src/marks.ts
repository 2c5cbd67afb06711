/** What a chart tells of a day beside its values: when the service was down, and what the maintainers say. */
import type { Plugin } from 'chart.js';
import type { ChartData, Mark, Metric } from './api.js';
import { font } from './canvas.js';
import { h, label, type Child } from './dom.js';
import { formatDay, parseDay } from './format.js';
import { fade, type Theme } from './palette.js';
import { dayLength } from './range.js';
import { text } from './texts.js';

export interface DrawnMark {
  readonly time: number;
  /** The place, among the days that are shown, of the one that tells it: its own, or the next where not every day is shown. */
  readonly place: number;
  readonly isHole: boolean;
  readonly isNote: boolean;
  readonly text: string;
  readonly link: string | null;
}

/** Height of what stands above the plot, and how far apart flags are at least, in CSS pixels. */
export const stripHeight = 18;
const apart = 24;
const flagWidth = 7;
const leastText = 72;
/** So wide is a shade at least. */
const visible = 3;

const textOf = ({ kind, hours = 0, days = 0, text: said = '' }: Mark): string =>
  kind === 'note' ? said : text(`charts.${kind}`, { count: kind === 'kept' ? days : hours });

const isOf = ({ charts }: Mark, { id, catalogue }: Metric): boolean =>
  !charts || charts.includes(id) || charts.includes(decodeURIComponent(catalogue.slice(catalogue.indexOf('#') + 1)));

/** The marks of a chart on the days that are shown, oldest first. */
export const marksOf = (metric: Metric, { marks = [] }: ChartData, times: readonly number[]): readonly DrawnMark[] => {
  const step = times.length > 1 ? (times.at(-1) ?? 0) - (times.at(-2) ?? 0) : dayLength;
  return marks.filter((mark) => isOf(mark, metric)).flatMap((mark): DrawnMark[] => {
    const time = parseDay(mark.day) ?? Number.NaN;
    const place = times.findIndex((shown) => shown >= time);
    if (place < 0 || time <= (times[0] ?? 0) - step) return [];
    return [{ time, place, isHole: mark.kind === 'hole', isNote: mark.kind === 'note', text: textOf(mark), link: mark.link ?? null }];
  });
};

/** What is told of a day that is shown, as elements; those of other days say theirs. */
export const renderMarks = (marks: readonly DrawnMark[], place: number, time: number, linked: boolean): readonly HTMLElement[] =>
  marks.filter((mark) => mark.place === place).map((mark) => {
    const said = label(mark.text);
    const day: Child = mark.time !== time && `${formatDay(mark.time)}: `;
    return h('p', { class: 'mark' }, day, linked && mark.link ? h('a', { href: mark.link, rel: 'noopener noreferrer' }, said) : said);
  });

/** Flags that would touch are one. */
const grouped = (marks: readonly DrawnMark[], at: (time: number) => number): { x: number; marks: DrawnMark[] }[] => {
  const groups: { x: number; marks: DrawnMark[] }[] = [];
  for (const mark of marks.filter(({ isHole }) => !isHole)) {
    const x = at(mark.time);
    const last = groups.at(-1);
    if (last && x - last.x < apart) last.marks.push(mark);
    else groups.push({ x, marks: [mark] });
  }
  return groups;
};

const captionOf = (marks: readonly DrawnMark[]): string => {
  const said = (marks.find(({ isNote }) => isNote) ?? marks[0])?.text ?? '';
  return marks.length > 1 ? text('charts.markMore', { text: said, count: marks.length - 1 }) : said;
};

/** A text, cut to a width. */
const fit = (context: CanvasRenderingContext2D, said: string, width: number): string => {
  if (context.measureText(said).width <= width) return said;
  const characters = [...said];
  while (characters.length > 0 && context.measureText(`${characters.join('')}…`).width > width) characters.pop();
  return characters.length > 0 ? `${characters.join('').trimEnd()}…` : '';
};

/** True where something stands above the plot. */
export const hasFlags = (marks: readonly DrawnMark[]): boolean => marks.some(({ isHole }) => !isHole);

/** Shades behind the series, flags above the plot, and lines down from these. */
export const markDrawing = (marks: readonly DrawnMark[], theme: Theme): Plugin<'line'> => ({
  id: 'marks',
  beforeDatasetsDraw: ({ ctx, chartArea, scales: { x } }) => {
    if (!x) return;
    ctx.save();
    ctx.fillStyle = fade(theme.muted, 0.14);
    for (const { time } of marks.filter(({ isHole }) => isHole)) {
      const [from, to] = [-1, 1].map((side) => x.getPixelForValue(time + (side * dayLength) / 2)) as [number, number];
      const width = Math.max(visible, to - from);
      const left = Math.max(chartArea.left, (from + to - width) / 2);
      ctx.fillRect(left, chartArea.top, Math.min(chartArea.right, (from + to + width) / 2) - left, chartArea.height);
    }
    ctx.restore();
  },
  afterDatasetsDraw: ({ ctx, chartArea: { left, right, top, bottom }, scales: { x } }) => {
    if (!x || !hasFlags(marks)) return;
    const { family, size } = font();
    const groups = grouped(marks, (time) => Math.min(right, Math.max(left, x.getPixelForValue(time))));
    const flag = top - stripHeight + 4;
    ctx.save();
    ctx.font = `${size}px ${family}`;
    ctx.textBaseline = 'middle';
    ctx.fillStyle = ctx.strokeStyle = theme.muted;
    ctx.lineWidth = 1;
    groups.forEach((group, i) => {
      ctx.setLineDash([2, 3]);
      ctx.beginPath();
      ctx.moveTo(group.x, flag);
      ctx.lineTo(group.x, bottom);
      ctx.stroke();
      ctx.beginPath();
      ctx.moveTo(group.x, flag);
      ctx.lineTo(group.x + flagWidth, flag + 4);
      ctx.lineTo(group.x, flag + 8);
      ctx.fill();
      const room = (groups[i + 1]?.x ?? right) - group.x - flagWidth - 8;
      if (room >= leastText) ctx.fillText(fit(ctx, captionOf(group.marks), room), group.x + flagWidth + 4, flag + 5);
    });
    ctx.restore();
  },
});
