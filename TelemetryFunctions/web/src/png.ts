/** A picture of a chart that can stand alone: its title, its drawing, its legend and where it is from. */
import { site } from './api.js';
import { font } from './canvas.js';
import { formatDay } from './format.js';
import { isSingle, readingOrder, type ChartModel } from './model.js';
import type { Theme } from './palette.js';

const margin = 24;
const line = 20;

interface Item {
  readonly text: string;
  readonly color: string;
  readonly x: number;
  readonly y: number;
}

/** Puts legend items in rows of a width. */
const layOut = (context: CanvasRenderingContext2D, model: ChartModel, width: number): readonly Item[] => {
  if (isSingle(model)) return [];
  let [x, y] = [0, 0];
  return readingOrder(model).map((series) => {
    const text = series.name;
    const needed = context.measureText(text).width + 36;
    if (x > 0 && x + needed > width) [x, y] = [0, y + line];
    const item = { text, color: series.color, x, y };
    x += needed;
    return item;
  });
};

export const drawPng = (source: HTMLCanvasElement, model: ChartModel, summary: string, theme: Theme): HTMLCanvasElement => {
  const ratio = source.width / source.clientWidth;
  const { family } = font();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.font = `13px ${family}`;
  const items = layOut(context, model, source.clientWidth);
  const legendTop = margin + 52 + source.clientHeight + 16;
  const legendHeight = items.length > 0 ? (items.at(-1)?.y ?? 0) + line : 0;
  const [width, height] = [source.clientWidth + 2 * margin, legendTop + legendHeight + margin + line];
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  context.scale(ratio, ratio);
  const write = (text: string, x: number, y: number, style: string, color: string, most = width - 2 * margin): void => {
    context.font = `${style} ${family}`;
    context.fillStyle = color;
    context.fillText(text, x, y, most);
  };

  context.fillStyle = theme.surface;
  context.fillRect(0, 0, width, height);
  write(model.title, margin, margin + 16, '600 18px', theme.ink);
  write(summary, margin, margin + 40, '13px', theme.muted);
  context.drawImage(source, margin, margin + 52, source.clientWidth, source.clientHeight);
  for (const { text, color, x, y } of items) {
    context.fillStyle = color;
    context.fillRect(margin + x, legendTop + y, 11, 11);
    write(text, margin + x + 16, legendTop + y + 10, '13px', theme.ink, source.clientWidth);
  }
  write(`${site.host}${site.pathname.replace(/\/$/, '')}, ${formatDay(model.times.at(-1) ?? 0)}`, margin, height - margin + 6, '11px', theme.muted);
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
