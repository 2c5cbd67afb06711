/** Draws the last day of a model: a doughnut of few parts, else bars that carry their values. */
import {
  ArcElement, BarController, BarElement, CategoryScale, Chart, DoughnutController, LinearScale, type Plugin,
} from 'chart.js';
import { font, still, tickStyle } from './canvas.js';
import { formatCompact, formatKnown, formatShare } from './format.js';
import { drawnValue, readingOrder, type ChartModel, type DrawnSeries } from './model.js';
import { fade, type Theme } from './palette.js';

Chart.register(ArcElement, BarController, BarElement, CategoryScale, DoughnutController, LinearScale);

const fewParts = 5;
const longestLabel = 18;
const longestUpright = 7;

/** The series that the last day has, and every step of a scale. */
export const partsOf = (model: ChartModel): readonly DrawnSeries[] => {
  const last = model.times.length - 1;
  return readingOrder(model).filter(({ values }) => model.scale || (values[last] ?? 0) > 0);
};

export const isDoughnut = (model: ChartModel): boolean => {
  const count = partsOf(model).length;
  return model.whole && !model.scale && count > 1 && count <= fewParts;
};

/** Bars stand where they are steps of a scale and their labels fit below them. */
export const isUpright = (model: ChartModel): boolean =>
  model.scale && model.series.every(({ name }) => name.length <= longestUpright);

const shorten = (text: string): string => (text.length > longestLabel ? `${text.slice(0, longestLabel - 1)}…` : text);

/** The total in the hole of a doughnut. */
const hole = (model: ChartModel, theme: Theme): Plugin<'doughnut'> => ({
  id: 'hole',
  afterDraw: ({ ctx, chartArea }) => {
    const [x, y] = [(chartArea.left + chartArea.right) / 2, (chartArea.top + chartArea.bottom) / 2];
    const { family } = font();
    ctx.save();
    ctx.textAlign = 'center';
    ctx.fillStyle = theme.ink;
    ctx.font = `600 24px ${family}`;
    ctx.fillText(formatKnown(model.totals.at(-1)), x, y + 4);
    ctx.fillStyle = theme.muted;
    ctx.font = `12px ${family}`;
    ctx.fillText(model.unit, x, y + 22);
    ctx.restore();
  },
});

const drawDoughnut = (canvas: HTMLCanvasElement, model: ChartModel, theme: Theme, only: string | null): Chart => {
  const parts = partsOf(model);
  const last = model.times.length - 1;
  return new Chart(canvas, {
    type: 'doughnut',
    data: {
      labels: parts.map((part) => part.name),
      datasets: [{
        data: parts.map(({ values }) => values[last] ?? 0),
        backgroundColor: parts.map(({ label, color }) => (only === null || label === only ? color : theme.hairline)),
        borderColor: theme.surface,
        borderWidth: 2,
      }],
    },
    plugins: [hole(model, theme)],
    options: { ...still, cutout: '66%', layout: { padding: 8 } },
  });
};

/** The value of each bar, at its end. */
const endValues = (texts: readonly string[], upright: boolean, theme: Theme): Plugin<'bar'> => ({
  id: 'endValues',
  afterDatasetsDraw: (chart) => {
    const { ctx } = chart;
    const { family, size } = font();
    ctx.save();
    ctx.fillStyle = theme.ink;
    ctx.font = `${size}px ${family}`;
    ctx.textAlign = upright ? 'center' : 'left';
    ctx.textBaseline = upright ? 'bottom' : 'middle';
    chart.getDatasetMeta(0).data.forEach(({ x, y }, i) =>
      ctx.fillText(texts[i] ?? '', x + (upright ? 0 : 6), y - (upright ? 4 : 0)));
    ctx.restore();
  },
});

const drawBars = (canvas: HTMLCanvasElement, model: ChartModel, theme: Theme): Chart => {
  const parts = partsOf(model);
  const last = model.times.length - 1;
  const values = parts.map((part) => drawnValue(model, part, last) ?? 0);
  const format = model.percent ? formatShare : formatCompact;
  const upright = isUpright(model);
  const length = {
    beginAtZero: true,
    grace: upright ? '8%' : '14%',
    border: { display: false },
    grid: { color: theme.hairline, drawTicks: false },
    ticks: {
      ...tickStyle(theme),
      maxTicksLimit: 5,
      padding: 8,
      ...(model.whole && !model.percent ? { precision: 0 } : {}),
      callback: (value: number | string) => format(Number(value)),
    },
  };
  const labels = {
    border: { color: theme.hairline },
    grid: { display: false },
    ticks: { ...tickStyle(theme), autoSkip: false, maxRotation: 0 },
  };
  return new Chart(canvas, {
    type: 'bar',
    data: {
      labels: parts.map((part) => shorten(part.name)),
      datasets: [{
        data: values,
        backgroundColor: parts.map(({ color }) => (model.provisional ? fade(color, 0.45) : color)),
        borderRadius: 3,
        categoryPercentage: 0.92,
        barPercentage: 0.92,
        maxBarThickness: upright ? 72 : 22,
      }],
    },
    plugins: [endValues(values.map((value) => format(value)), upright, theme)],
    options: {
      ...still,
      indexAxis: upright ? 'x' : 'y',
      layout: { padding: { top: 6, right: 4 } },
      scales: upright ? { x: labels, y: length } : { x: length, y: labels },
    },
  });
};

export const drawDistribution = (canvas: HTMLCanvasElement, model: ChartModel, theme: Theme, only: string | null): Chart =>
  isDoughnut(model) ? drawDoughnut(canvas, model, theme, only) : drawBars(canvas, model, theme);
