/** Draws a model over time: stacked areas for parts of a whole, lines for anything else. */
import {
  Chart, Filler, LinearScale, LineController, LineElement, LogarithmicScale, PointElement, TimeScale,
  type ChartDataset, type Plugin, type Point, type ScriptableLineSegmentContext,
} from 'chart.js';
import { still, tickStyle, type Size } from './canvas.js';
import { formatCompact, formatShare } from './format.js';
import { hasFlags, markDrawing, stripHeight } from './marks.js';
import { drawnBefore, drawnValue, isSingle, type ChartModel, type DrawnSeries } from './model.js';
import { namesAtEnds, namesAtPeaks, namesInWaves, widthOfNames } from './names.js';
import { beforeColor, fade, type Theme } from './palette.js';
import { dayLength } from './range.js';
import { tickText, tickUnit } from './ticks.js';
import './utc-adapter.js';

Chart.register(Filler, LinearScale, LineController, LineElement, LogarithmicScale, PointElement, TimeScale);

const halfDay = dayLength / 2;
const dash = [4, 4];

/** So wide, in CSS pixels, is a day at least that stands alone. */
const visible = 3;

/** A day is no level area: days around it show how little it is. */
const aroundADay = 3 * dayLength;

/** Behind the ends of more lines than these, and on narrow screens, there is no room for names; and parts of a whole come and go. */
const mostEnds = 8;
const leastWidth = 420;

type Positions = readonly (readonly [x: number, index: number])[];

/** True for a value between values that are not known: a line through it has no length. */
const isAlone = (values: readonly (number | null)[], i: number): boolean =>
  values[i] != null && values[i - 1] == null && values[i + 1] == null;

/** A day that stands alone has no width; it is drawn from noon to noon around its point, or as wide as one can see. */
const positions = ({ times, totals, hourly }: ChartModel, width: number): Positions => {
  const pixel = width > 0 ? ((times.at(-1) ?? 0) - (times[0] ?? 0)) / width : 0;
  const half = Math.max(hourly ? halfDay / 24 : halfDay, (pixel * visible) / 2);
  return times.flatMap((time, i): Positions => (isAlone(totals, i) ? [[time - half, i], [time + half, i]] : [[time, i]]));
};

const datasetOf = (
  model: ChartModel, series: DrawnSeries, points: Positions, stacked: boolean, order: number,
): ChartDataset<'line', Point[]> => {
  const lastPoint = points.length - 1;
  const lone = points.map(([, i]) => !stacked && isAlone(series.values, i));
  const valueAt = (i: number): number => {
    const value = drawnValue(model, series, i) ?? (stacked && model.totals[i] !== null ? 0 : Number.NaN);
    return model.log && value <= 0 ? Number.NaN : value;
  };
  const isProvisional = ({ p1DataIndex }: ScriptableLineSegmentContext): boolean =>
    model.provisional && p1DataIndex === lastPoint;
  return {
    label: series.label,
    data: points.map(([x, i]) => ({ x, y: valueAt(i) })),
    borderColor: series.color,
    backgroundColor: stacked ? series.color : fade(series.color, 0.14),
    borderWidth: stacked ? 0 : 2,
    borderJoinStyle: 'round',
    borderCapStyle: 'round',
    fill: stacked ? (order === 0 ? 'origin' : '-1') : isSingle(model) && model.whole && !model.log ? 'origin' : false,
    stack: 'all',
    // One radius for all points is much quicker than one for each.
    pointRadius: lone.includes(true) ? lone.map((isLone) => (isLone ? visible / 2 : 0)) : 0,
    pointBackgroundColor: series.color,
    pointBorderWidth: 0,
    // Fills are cut where the style changes, and every cut is seen.
    ...(model.provisional ? {
      segment: {
        borderDash: (context) => (isProvisional(context) ? dash : undefined),
        backgroundColor: (context) => (isProvisional(context) ? fade(series.color, stacked ? 0.45 : 0.06) : undefined),
      },
    } : {}),
  };
};

/** The period before: a dashed line for each that is shown, or for the whole of a stack, whose parts would cross each other. */
const datasetsBefore = (model: ChartModel, shown: readonly DrawnSeries[], points: Positions, stacked: boolean, theme: Theme): ChartDataset<'line', Point[]>[] => {
  const { before } = model;
  if (!before || (stacked && model.percent)) return [];
  const line = (valueAt: (i: number) => number | null, color: string): ChartDataset<'line', Point[]> => ({
    data: points.map(([x, i]) => ({ x, y: valueAt(i) ?? Number.NaN })),
    borderColor: color,
    borderDash: dash,
    borderWidth: 1.5,
    pointRadius: 0,
    fill: false,
    stack: 'before',
    // Upon a stack, and behind lines.
    order: stacked ? -1 : 1,
  });
  if (stacked) return [line((i) => before.totals[i] ?? null, theme.ink)];
  return shown.map((series) => line((i) => drawnBefore(model, series, i), isSingle(model) ? beforeColor(theme) : series.color));
};

/** Lines between the areas of a stack, where there is something to part. */
const partings = (count: number, theme: Theme): Plugin<'line'> => ({
  id: 'partings',
  afterDatasetsDraw: (chart) => {
    const { ctx } = chart;
    ctx.save();
    ctx.strokeStyle = theme.surface;
    ctx.lineWidth = 1;
    ctx.lineJoin = 'round';
    ctx.beginPath();
    chart.data.datasets.slice(0, count).forEach((dataset, i) => {
      const values = dataset.data as Point[];
      chart.getDatasetMeta(i).data.forEach(({ x, y }, j) => {
        const isThere = (values[j]?.y ?? 0) > 0 && (values[j - 1]?.y ?? 0) > 0;
        if (isThere) ctx.lineTo(x, y);
        else ctx.moveTo(x, y);
      });
    });
    ctx.stroke();
    ctx.restore();
  },
});

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

/** Names the days, with the year where it is another one than before. */
const nameTicks = (ticks: { value: number; label?: string | string[] | undefined }[], unit: ReturnType<typeof tickUnit>): void => {
  let year = 0;
  for (const tick of ticks) {
    const own = new Date(tick.value).getUTCFullYear();
    tick.label = tickText(tick.value, unit, own !== year);
    year = own;
  }
};

const isRound = (value: number): boolean => [1, 2, 5].includes(Math.round(value / 10 ** Math.floor(Math.log10(value))));

/** With `only`, just the series of that label. */
export const drawTrend = (canvas: HTMLCanvasElement, model: ChartModel, theme: Theme, only: string | null, size: Size): Chart => {
  const points = positions(model, size.width);
  const lone = model.times.length === 1 ? aroundADay / (model.hourly ? 24 : 1) : 0;
  const min = (points[0]?.[0] ?? 0) - lone;
  const max = (points.at(-1)?.[0] ?? 0) + lone;
  const unit = tickUnit(min, max, model.hourly);
  const shown = model.series.filter(({ label }) => only === null || label === only);
  const stacked = model.stacked && only === null;
  const named = !stacked && model.series.length > 1;
  const ends = named && !model.whole && shown.length <= mostEnds && size.width >= leastWidth ? shown : [];
  const names = stacked ? [partings(shown.length, theme), namesInWaves(shown)]
    : ends.length > 0 ? [namesAtEnds(ends, theme)]
    : named ? [namesAtPeaks(shown, theme)] : [];
  const context = canvas.getContext('2d');
  const format = model.percent ? formatShare : formatCompact;
  return new Chart(canvas, {
    type: 'line',
    data: {
      datasets: [
        ...shown.map((series, order) => datasetOf(model, series, points, stacked, order)),
        ...datasetsBefore(model, shown, points, stacked, theme),
      ],
    },
    plugins: [provisionalLine(model, theme), ...(model.marks.length > 0 ? [markDrawing(model.marks, theme)] : []), ...names],
    options: {
      ...still,
      ...size.fixed,
      parsing: false,
      normalized: true,
      layout: { padding: { top: (named ? 12 : 6) + (hasFlags(model.marks) ? stripHeight : 0), right: ends.length > 0 && context ? widthOfNames(context, ends) : 4 } },
      scales: {
        x: {
          type: 'time',
          min,
          max,
          time: { unit },
          border: { color: theme.hairline },
          grid: { display: false },
          afterUpdate: ({ ticks }) => nameTicks(ticks, unit),
          ticks: {
            ...tickStyle(theme),
            maxRotation: 0,
            autoSkipPadding: 44,
            callback: (value) => tickText(Number(value), unit, false),
          },
        },
        y: {
          type: model.log ? 'logarithmic' : 'linear',
          ...(model.log ? {} : { beginAtZero: true }),
          stacked,
          ...(model.percent && stacked ? { max: 1 } : {}),
          border: { display: false },
          grid: { color: theme.hairline, drawTicks: false },
          ticks: {
            ...tickStyle(theme),
            maxTicksLimit: 5,
            padding: 8,
            ...(model.whole && !model.percent && !model.log ? { precision: 0 } : {}),
            callback: (value) => (model.log && !isRound(Number(value)) ? null : format(Number(value))),
          },
        },
      },
    },
  });
};
