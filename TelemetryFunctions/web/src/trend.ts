/** Draws a model over time: stacked areas for parts of a whole, lines for anything else. */
import {
  Chart, Filler, LinearScale, LineController, LineElement, PointElement, TimeScale,
  type ChartDataset, type Plugin, type Point, type ScriptableLineSegmentContext,
} from 'chart.js';
import { still, tickStyle } from './canvas.js';
import { formatCompact, formatShare } from './format.js';
import { drawnValue, isSingle, type ChartModel, type DrawnSeries } from './model.js';
import { fade, type Theme } from './palette.js';
import { tickText, tickUnit } from './ticks.js';
import './utc-adapter.js';

Chart.register(Filler, LinearScale, LineController, LineElement, PointElement, TimeScale);

const halfDay = 43_200_000;
const dash = [4, 4];

/** So wide, in CSS pixels, is a day at least that stands alone. */
const visible = 3;

type Positions = readonly (readonly [x: number, index: number])[];

/** True for a value between values that are not known: a line through it has no length. */
const isAlone = (values: readonly (number | null)[], i: number): boolean =>
  values[i] != null && values[i - 1] == null && values[i + 1] == null;

/** A day that stands alone has no width; it is drawn from noon to noon around its point, or as wide as one can see. */
const positions = ({ times, totals }: ChartModel, width: number): Positions => {
  const pixel = width > 0 ? ((times.at(-1) ?? 0) - (times[0] ?? 0)) / width : 0;
  const half = Math.max(halfDay, (pixel * visible) / 2);
  return times.flatMap((time, i): Positions => (isAlone(totals, i) ? [[time - half, i], [time + half, i]] : [[time, i]]));
};

const datasetOf = (
  model: ChartModel, series: DrawnSeries, points: Positions, stacked: boolean, theme: Theme, order: number,
): ChartDataset<'line', Point[]> => {
  const lastPoint = points.length - 1;
  const valueAt = (i: number): number => drawnValue(model, series, i) ?? (stacked && model.totals[i] !== null ? 0 : Number.NaN);
  const isProvisional = ({ p1DataIndex }: ScriptableLineSegmentContext): boolean =>
    model.provisional && p1DataIndex === lastPoint;
  return {
    label: series.label,
    data: points.map(([x, i]) => ({ x, y: valueAt(i) })),
    borderColor: stacked ? theme.surface : series.color,
    backgroundColor: stacked ? series.color : fade(series.color, 0.14),
    borderWidth: stacked ? 1 : 2,
    borderJoinStyle: 'round',
    borderCapStyle: 'round',
    fill: stacked ? (order === 0 ? 'origin' : '-1') : model.whole ? 'origin' : false,
    stack: 'all',
    pointRadius: points.map(([, i]) => (!stacked && isAlone(series.values, i) ? visible / 2 : 0)),
    pointBackgroundColor: series.color,
    pointBorderWidth: 0,
    segment: {
      // Series that are not there yet, or no more, would else lie as lines upon each other.
      borderColor: ({ p0, p1 }) => (stacked && p0.parsed.y === 0 && p1.parsed.y === 0 ? 'transparent' : undefined),
      borderDash: (context) => (isProvisional(context) ? dash : undefined),
      backgroundColor: (context) => (isProvisional(context) ? fade(series.color, stacked ? 0.45 : 0.06) : undefined),
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

/** With `only`, just the series of that label. */
export const drawTrend = (canvas: HTMLCanvasElement, model: ChartModel, theme: Theme, only: string | null): Chart => {
  const points = positions(model, canvas.clientWidth);
  const min = points[0]?.[0] ?? 0;
  const max = points.at(-1)?.[0] ?? 0;
  const unit = tickUnit(min, max);
  const shown = model.series.filter(({ label }) => only === null || label === only);
  const stacked = model.whole && only === null && !isSingle(model);
  return new Chart(canvas, {
    type: 'line',
    data: { datasets: shown.map((series, order) => datasetOf(model, series, points, stacked, theme, order)) },
    plugins: [provisionalLine(model, theme)],
    options: {
      ...still,
      parsing: false,
      normalized: true,
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
            ...tickStyle(theme),
            maxRotation: 0,
            autoSkipPadding: 28,
            callback: (value, index) => tickText(Number(value), unit, index === 0),
          },
        },
        y: {
          beginAtZero: true,
          stacked,
          ...(model.percent && stacked ? { max: 1 } : {}),
          border: { display: false },
          grid: { color: theme.hairline, drawTicks: false },
          ticks: {
            ...tickStyle(theme),
            maxTicksLimit: 5,
            padding: 8,
            ...(model.whole && !model.percent ? { precision: 0 } : {}),
            callback: (value) => (model.percent ? formatShare : formatCompact)(Number(value)),
          },
        },
      },
    },
  });
};
