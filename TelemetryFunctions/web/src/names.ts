/** Writes the names of series where they are drawn: in the wave, upon the peak of the line, or behind its end. */
import type { Chart, Plugin } from 'chart.js';
import { font } from './canvas.js';
import { inkOn, type Theme } from './palette.js';
import type { DrawnSeries } from './model.js';

const lineHeight = 14;
const margin = 6;
/** Places along a wave at which a name is tried. */
const tries = 48;
const longest = 20;

export const shorten = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

interface Wave {
  /** The upper edge and the lower one at a horizontal position. */
  readonly at: (x: number) => readonly [top: number, bottom: number] | null;
}

const waveOf = (chart: Chart, index: number): Wave => {
  const [own, below] = [chart.getDatasetMeta(index).data, index > 0 ? chart.getDatasetMeta(index - 1).data : null];
  return {
    at: (x) => {
      let i = 1;
      while (i < own.length && (own[i]?.x ?? 0) < x) i++;
      const [a, b] = [own[i - 1], own[i]];
      if (!a || !b || x < a.x || Number.isNaN(a.y) || Number.isNaN(b.y)) return null;
      const part = (x - a.x) / (b.x - a.x || 1);
      const top = a.y + (b.y - a.y) * part;
      const [c, d] = [below?.[i - 1], below?.[i]];
      return [top, c && d ? c.y + (d.y - c.y) * part : chart.chartArea.bottom];
    },
  };
};

/** The middle of the roomiest place for a name of a width, or null where the wave is too thin everywhere. */
const roomFor = (chart: Chart, index: number, width: number): { x: number; y: number } | null => {
  const { left, right } = chart.chartArea;
  const wave = waveOf(chart, index);
  let best: { x: number; y: number; room: number } | null = null;
  for (let i = 0; i <= tries; i++) {
    const x = left + margin + width / 2 + ((right - left - 2 * margin - width) * i) / tries;
    const edges = [-1, -0.5, 0, 0.5, 1].map((side) => wave.at(x + (side * width) / 2));
    const top = Math.max(...edges.map((edge) => edge?.[0] ?? Number.POSITIVE_INFINITY));
    const bottom = Math.min(...edges.map((edge) => edge?.[1] ?? Number.NEGATIVE_INFINITY));
    if (bottom - top > (best?.room ?? lineHeight)) best = { x, y: (top + bottom) / 2, room: bottom - top };
  }
  return best;
};

export const namesInWaves = (series: readonly DrawnSeries[]): Plugin<'line'> => ({
  id: 'namesInWaves',
  afterDatasetsDraw: (chart) => {
    const { ctx } = chart;
    const { family, size } = font();
    ctx.save();
    ctx.font = `500 ${size}px ${family}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    series.forEach(({ name, color }, i) => {
      const text = shorten(name);
      const place = roomFor(chart as Chart, i, ctx.measureText(text).width);
      if (!place) return;
      ctx.fillStyle = inkOn(color);
      ctx.fillText(text, place.x, place.y);
    });
    ctx.restore();
  },
});

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** A name where its line is highest; one that would stand upon another is left to the legend. */
export const namesAtPeaks = (series: readonly DrawnSeries[], theme: Theme): Plugin<'line'> => ({
  id: 'namesAtPeaks',
  afterDatasetsDraw: (chart) => {
    const { ctx, chartArea: { left, right, top } } = chart;
    const { family, size } = font();
    ctx.save();
    ctx.font = `500 ${size}px ${family}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'bottom';
    ctx.fillStyle = theme.ink;
    ctx.strokeStyle = theme.surface;
    ctx.lineWidth = 3;
    ctx.lineJoin = 'round';
    const peaks = series.flatMap(({ name }, i) => {
      const known = chart.getDatasetMeta(i).data.filter(({ y }) => !Number.isNaN(y));
      const [first] = known;
      return first ? [{ name, peak: known.reduce((highest, point) => (point.y < highest.y ? point : highest), first) }] : [];
    }).toSorted((a, b) => a.peak.y - b.peak.y);
    const placed: Box[] = [];
    for (const { name, peak } of peaks) {
      const text = shorten(name);
      const half = ctx.measureText(text).width / 2;
      const x = Math.min(right - half, Math.max(left + half, peak.x));
      const y = Math.max(top + lineHeight, peak.y - 3);
      const box = { left: x - half, right: x + half, top: y - lineHeight, bottom: y };
      if (placed.some((other) => overlap(box, other))) continue;
      placed.push(box);
      ctx.strokeText(text, x, y);
      ctx.fillText(text, x, y);
    }
    ctx.restore();
  },
});

/** How much room names need behind the ends of their lines. */
export const widthOfNames = (ctx: CanvasRenderingContext2D, series: readonly DrawnSeries[]): number => {
  const { family, size } = font();
  ctx.save();
  ctx.font = `500 ${size}px ${family}`;
  const width = Math.max(0, ...series.map(({ name }) => ctx.measureText(shorten(name)).width));
  ctx.restore();
  return width + margin + 2;
};

export const namesAtEnds = (series: readonly DrawnSeries[], theme: Theme): Plugin<'line'> => ({
  id: 'namesAtEnds',
  afterDatasetsDraw: (chart) => {
    const { ctx, chartArea } = chart;
    const { family, size } = font();
    const ends = series.flatMap(({ name, color }, i) => {
      const end = chart.getDatasetMeta(i).data.findLast(({ y }) => !Number.isNaN(y));
      return end ? [{ name, color, x: end.x, y: end.y, at: end.y }] : [];
    }).toSorted((a, b) => a.y - b.y);
    for (let i = 1; i < ends.length; i++) {
      const [above, end] = [ends[i - 1], ends[i]];
      if (above && end) end.at = Math.max(end.at, above.at + lineHeight);
    }
    // What was pushed below the ground moves up again.
    let lowest = chartArea.bottom;
    for (const end of ends.toReversed()) {
      end.at = Math.min(end.at, lowest);
      lowest = end.at - lineHeight;
    }
    ctx.save();
    ctx.font = `500 ${size}px ${family}`;
    ctx.textBaseline = 'middle';
    for (const { name, color, at } of ends) {
      ctx.fillStyle = color;
      ctx.fillRect(chartArea.right + 3, at - 4, 3, 8);
      ctx.fillStyle = theme.ink;
      ctx.fillText(shorten(name), chartArea.right + margin + 2, at);
    }
    ctx.restore();
  },
});
