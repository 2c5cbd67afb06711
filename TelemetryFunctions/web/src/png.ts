/** A picture of a chart that can stand alone: its product and title, its drawing, its largest series and where it is from. */
import { site } from './api.js';
import { font } from './canvas.js';
import { formatDay } from './format.js';
import { isSingle, readingOrder, type ChartModel, type DrawnSeries } from './model.js';
import type { Theme } from './palette.js';
import { pictureRatio } from './plot.js';
import { text } from './texts.js';

const margin = 24;
const line = 20;
const mostItems = 8;

interface Item {
  readonly text: string;
  readonly color: string | null;
  readonly x: number;
  readonly y: number;
}

/** The largest series on the last day, in the order of the chart, and how many more there are. */
const itemsOf = (model: ChartModel, only: string | null): readonly Pick<Item, 'text' | 'color'>[] => {
  const last = model.times.length - 1;
  const at = ({ values }: DrawnSeries): number => values[last] ?? 0;
  const all = readingOrder(model).filter(({ label }) => only === null || label === only);
  if (isSingle(model)) return [];
  const kept = new Set(all.toSorted((a, b) => at(b) - at(a)).slice(0, mostItems));
  const items = all.filter((series) => kept.has(series)).map(({ name, color }) => ({ text: name, color }));
  return all.length > kept.size ? [...items, { text: text('charts.more', { count: all.length - kept.size }), color: null }] : items;
};

/** Puts legend items in rows of a width. */
const layOut = (context: CanvasRenderingContext2D, items: readonly Pick<Item, 'text' | 'color'>[], width: number): readonly Item[] => {
  let [x, y] = [0, 0];
  return items.map((item) => {
    const needed = context.measureText(item.text).width + 36;
    if (x > 0 && x + needed > width) [x, y] = [0, y + line];
    const placed = { ...item, x, y };
    x += needed;
    return placed;
  });
};

export interface Picture {
  readonly model: ChartModel;
  readonly only: string | null;
  readonly summary: string;
  readonly product: string;
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
  readonly draw: (context: CanvasRenderingContext2D, x: number, y: number) => void;
}

export const drawPng = ({ model, only, summary, product, theme, width: inner, height: tall, draw }: Picture): HTMLCanvasElement => {
  const { family } = font();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.font = `13px ${family}`;
  const items = layOut(context, itemsOf(model, only), inner);
  const top = margin + 52;
  const legendTop = top + tall + 16;
  const legendHeight = items.length > 0 ? (items.at(-1)?.y ?? 0) + line : 0;
  const [width, height] = [inner + 2 * margin, legendTop + legendHeight + margin + line];
  canvas.width = width * pictureRatio;
  canvas.height = height * pictureRatio;
  context.scale(pictureRatio, pictureRatio);
  const write = (words: string, x: number, y: number, style: string, color: string, most = inner): void => {
    context.font = `${style} ${family}`;
    context.fillStyle = color;
    context.fillText(words, x, y, most);
  };

  context.fillStyle = theme.surface;
  context.fillRect(0, 0, width, height);
  write(product ? `${product} – ${model.title}` : model.title, margin, margin + 16, '600 18px', theme.ink);
  write(summary, margin, margin + 40, '13px', theme.muted);
  draw(context, margin, top);
  for (const { text: name, color, x, y } of items) {
    if (color) {
      context.fillStyle = color;
      context.fillRect(margin + x, legendTop + y, 11, 11);
    }
    write(name, margin + x + 16, legendTop + y + 10, '13px', theme.ink);
  }
  write(`${site.host}${site.pathname.replace(/\/$/, '')}, ${formatDay(model.times.at(-1) ?? 0)}`, margin, height - margin + 6, '12px', theme.muted);
  return canvas;
};

/** Hands a picture to the reader as a file. */
export const savePng = (canvas: HTMLCanvasElement, name: string): void =>
  canvas.toBlob((blob) => {
    if (!blob) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }, 'image/png');
