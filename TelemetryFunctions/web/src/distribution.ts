/** Draws the last day of a model as bars that carry their names and values. */
import { BarController, BarElement, CategoryScale, Chart, LinearScale, type Plugin } from 'chart.js';
import { font, still, tickStyle, type Size } from './canvas.js';
import { capitalize, formatChange, formatCompact, formatPoints, formatShare } from './format.js';
import { other } from './labels.js';
import { changeOf, drawnBefore, drawnValue, readingOrder, type ChartModel, type DrawnSeries } from './model.js';
import { shorten } from './names.js';
import { barColor, beforeColor, fade, type Theme } from './palette.js';
import { text } from './texts.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

const longestUpright = 9;

/** The series that the last day has, or the one that it is compared with, and every step of a scale. */
export const partsOf = (model: ChartModel): readonly DrawnSeries[] => {
  const last = model.times.length - 1;
  return readingOrder(model).filter(({ label, values, before }) => (model.scale && label !== other) || (values[last] ?? 0) > 0 || (before[last] ?? 0) > 0);
};

/** Bars stand where they are steps of a scale and their labels fit below them. */
export const isUpright = (model: ChartModel): boolean =>
  model.scale && model.series.every(({ label }) => label.length <= longestUpright);

/** A step as it stands below its bar, whose axis says the rest. */
const stepName = (model: ChartModel, { label }: DrawnSeries): string => (model.accumulated ? label.replace(/(-.*)?$/, '+') : label);

/** What stands at the end of each bar of each period. */
const endValues = (all: readonly (readonly string[])[], upright: boolean, theme: Theme): Plugin<'bar'> => ({
  id: 'endValues',
  afterDatasetsDraw: (chart) => {
    const { ctx } = chart;
    const { family, size } = font();
    ctx.save();
    ctx.fillStyle = theme.ink;
    ctx.font = `${size}px ${family}`;
    ctx.textAlign = upright ? 'center' : 'left';
    ctx.textBaseline = upright ? 'bottom' : 'middle';
    all.forEach((texts, dataset) => chart.getDatasetMeta(dataset).data.forEach(({ x, y }, i) =>
      ctx.fillText(texts[i] ?? '', x + (upright ? 0 : 6), y - (upright ? 4 : 0))));
    ctx.restore();
  },
});

/** What is written at the bars: values, and how they changed. Bars that stand have room for the change alone. */
const textsOf = (model: ChartModel, parts: readonly DrawnSeries[], format: (value: number) => string): readonly (readonly string[])[] => {
  const last = model.times.length - 1;
  const write = (value: number | null): string => (value === null ? text('charts.unknown') : format(value));
  const values = parts.map((part) => write(drawnValue(model, part, last) ?? (model.scale ? 0 : null)));
  if (!model.before) return [values];
  const changes = parts.map((part) => {
    const change = changeOf(model, part, last);
    return change === null ? '' : model.whole || model.several ? formatPoints(change) : formatChange(change);
  });
  if (isUpright(model)) return [changes];
  return [
    values.map((value, i) => (changes[i] ? text('charts.valueAndChange', { value, change: changes[i] }) : value)),
    parts.map((part) => write(drawnBefore(model, part, last))),
  ];
};

/** How much room texts need behind the longest of the bars. */
const widthOf = (canvas: HTMLCanvasElement, texts: readonly string[]): number => {
  const context = canvas.getContext('2d');
  if (!context) return 0;
  const { family, size } = font();
  context.font = `${size}px ${family}`;
  return Math.max(0, ...texts.map((one) => context.measureText(one).width)) + 8;
};

const axisTitle = (title: string, theme: Theme) => ({ display: true, text: title, color: theme.muted, font: font(), padding: 2 });

/** With `only`, the bars of other labels are pale. */
export const drawDistribution = (canvas: HTMLCanvasElement, model: ChartModel, theme: Theme, only: string | null, size: Size): Chart => {
  const parts = partsOf(model);
  const last = model.times.length - 1;
  const values = parts.map((part) => drawnValue(model, part, last) ?? 0);
  const format = model.percent ? formatShare : formatCompact;
  const upright = isUpright(model);
  const texts = textsOf(model, parts, format);
  const color = barColor(theme);
  const length = {
    beginAtZero: true,
    grace: upright ? '8%' : model.before ? 0 : '14%',
    border: { display: false },
    grid: { color: theme.hairline, drawTicks: false },
    title: axisTitle(model.percent ? text('charts.shareOf', { unit: model.unit }) : capitalize(model.unit), theme),
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
    ...(upright ? { title: axisTitle(model.steps, theme) } : {}),
    ticks: { ...tickStyle(theme), autoSkip: false, maxRotation: upright ? 45 : 0 },
  };
  return new Chart(canvas, {
    type: 'bar',
    data: {
      labels: parts.map((part) => shorten(upright ? stepName(model, part) : part.name)),
      datasets: [{
        data: values,
        backgroundColor: parts.map(({ label }) => (model.provisional || (only !== null && label !== only) ? fade(color, 0.45) : color)),
        borderRadius: 3,
        categoryPercentage: 0.92,
        barPercentage: 0.92,
        maxBarThickness: upright ? 72 : 22,
      }, ...(model.before ? [{
        data: parts.map((part) => drawnBefore(model, part, last) ?? Number.NaN),
        backgroundColor: beforeColor(theme),
        borderRadius: 3,
        categoryPercentage: 0.92,
        barPercentage: 0.92,
        maxBarThickness: upright ? 72 : 22,
      }] : [])],
    },
    plugins: [endValues(texts, upright, theme)],
    options: {
      ...still,
      ...size.fixed,
      indexAxis: upright ? 'x' : 'y',
      layout: { padding: { top: 6, right: upright || !model.before ? 4 : widthOf(canvas, texts.flat()) } },
      scales: upright ? { x: labels, y: length } : { x: length, y: labels },
    },
  });
};
