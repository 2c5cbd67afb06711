/** Draws a model on a canvas with the parts of Chart.js that are needed, and no more. */
import {
  Chart, Filler, LinearScale, LineController, LineElement, PointElement, TimeScale,
  type ChartDataset, type Plugin, type Point, type ScriptableLineSegmentContext,
} from 'chart.js';
import { formatCompact } from './format.js';
import type { ChartModel, DrawnSeries } from './model.js';
import { fade, type Theme } from './palette.js';
import './utc-adapter.js';

Chart.register(Filler, LinearScale, LineController, LineElement, PointElement, TimeScale);

const halfDay = 43_200_000;
const dash = [4, 4];
const monthName = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const dayName = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** A single day has no width; it is drawn from noon to noon around its point. */
const positions = (times: readonly number[]): readonly (readonly [x: number, index: number])[] => {
  const [only] = times;
  return times.length === 1 && only !== undefined
    ? [[only - halfDay, 0], [only + halfDay, 0]]
    : times.map((time, i) => [time, i] as const);
};

const datasetOf = (series: DrawnSeries, model: ChartModel, theme: Theme, order: number): ChartDataset<'line', Point[]> => {
  const points = positions(model.times);
  const lastPoint = points.length - 1;
  const single = model.series.length === 1;
  const filled = model.stacked && !single;
  const isProvisional = ({ p1DataIndex }: ScriptableLineSegmentContext): boolean =>
    model.provisional && p1DataIndex === lastPoint;
  return {
    label: series.label,
    data: points.map(([x, i]) => ({ x, y: series.values[i] ?? (filled ? 0 : Number.NaN) })),
    borderColor: filled ? theme.surface : series.color,
    backgroundColor: filled ? series.color : fade(series.color, 0.12),
    borderWidth: filled ? 1 : 2,
    borderJoinStyle: 'round',
    borderCapStyle: 'round',
    fill: filled ? (order === 0 ? 'origin' : '-1') : single ? 'origin' : false,
    stack: 'all',
    pointRadius: 0,
    segment: {
      // Series that are not there yet, or no more, would else lie as lines upon each other.
      borderColor: ({ p0, p1 }) => (filled && p0.parsed.y === 0 && p1.parsed.y === 0 ? 'transparent' : undefined),
      borderDash: (context) => (isProvisional(context) ? dash : undefined),
      backgroundColor: (context) => (isProvisional(context) ? fade(series.color, filled ? 0.45 : 0.06) : undefined),
    },
  };
};

/** Marks where closed days end and today so far begins. */
const provisionalLine = (model: ChartModel, theme: Theme): Plugin<'line'> => ({
  id: 'provisionalLine',
  afterDatasetsDraw: (chart) => {
    const closed = model.times.at(-2);
    const x = closed === undefined ? undefined : chart.scales.x?.getPixelForValue(closed);
    if (!model.provisional || x === undefined) return;
    const { ctx, chartArea } = chart;
    ctx.save();
    ctx.setLineDash(dash);
    ctx.strokeStyle = theme.muted;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(x, chartArea.top);
    ctx.lineTo(x, chartArea.bottom);
    ctx.stroke();
    ctx.restore();
  },
});

const tickText = (time: number, unit: 'day' | 'month' | 'year', first: boolean): string => {
  const date = new Date(time);
  const year = String(date.getUTCFullYear());
  if (unit === 'day') return dayName.format(time);
  if (unit === 'year') return year;
  return first || date.getUTCMonth() === 0 ? `${monthName.format(time)} ${year}` : monthName.format(time);
};

const tickUnit = (from: number, to: number): 'day' | 'month' | 'year' => {
  const days = (to - from) / (2 * halfDay);
  return days <= 130 ? 'day' : days <= 1500 ? 'month' : 'year';
};

export class Plot {
  #chart: Chart<'line', Point[]> | null = null;
  readonly #canvas: HTMLCanvasElement;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** Draws anew. With `only`, just the series of that label. */
  draw(model: ChartModel, theme: Theme, only: string | null): void {
    this.#chart?.destroy();
    const points = positions(model.times);
    const min = points[0]?.[0] ?? 0;
    const max = points.at(-1)?.[0] ?? 0;
    const unit = tickUnit(min, max);
    const shown = model.series.filter(({ label }) => only === null || label === only);
    const font = { family: getComputedStyle(document.body).fontFamily, size: 11 };
    const datasets = shown.map((series, order) => datasetOf(series, model, theme, order));

    this.#chart = new Chart(this.#canvas, {
      type: 'line',
      data: { datasets },
      plugins: [provisionalLine(model, theme)],
      options: {
        animation: false,
        events: [],
        parsing: false,
        normalized: true,
        maintainAspectRatio: false,
        layout: { padding: { top: 6, right: 4 } },
        scales: {
          x: {
            type: 'time',
            min,
            max,
            time: { unit },
            border: { color: theme.hairline },
            grid: { display: false },
            ticks: {
              color: theme.muted,
              font,
              maxRotation: 0,
              autoSkipPadding: 28,
              callback: (value, index) => tickText(Number(value), unit, index === 0),
            },
          },
          y: {
            beginAtZero: true,
            stacked: model.stacked && only === null,
            border: { display: false },
            grid: { color: theme.hairline, drawTicks: false },
            ticks: {
              color: theme.muted,
              font,
              maxTicksLimit: 5,
              padding: 8,
              ...(model.stacked ? { precision: 0 } : {}),
              callback: (value) => formatCompact(Number(value)),
            },
          },
        },
      },
    });
  }

  /** Where a time is, in CSS pixels of the plot, and how high the drawing area is; null before anything is drawn. */
  locate(time: number): { x: number; top: number; bottom: number; left: number; right: number } | null {
    if (!this.#chart) return null;
    const { top, bottom, left, right } = this.#chart.chartArea;
    return { x: this.#chart.scales.x?.getPixelForValue(time) ?? 0, top, bottom, left, right };
  }

  /** The time under a horizontal position. */
  timeAt(x: number): number | null {
    return this.#chart?.scales.x?.getValueForPixel(x) ?? null;
  }

  destroy(): void {
    this.#chart?.destroy();
    this.#chart = null;
  }
}
