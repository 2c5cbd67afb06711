/** The drawing of a chart on its canvas. */
import type { Chart } from 'chart.js';
import { drawDistribution } from './distribution.js';
import type { ChartModel } from './model.js';
import type { Theme } from './palette.js';
import { drawTrend } from './trend.js';
import type { Mode } from './view.js';

/** Pixels of a saved picture for each of the page. */
export const pictureRatio = 2;

const drawingOf = (mode: Mode): typeof drawTrend => (mode === 'time' ? drawTrend : drawDistribution);

export class Plot {
  #chart: Chart | null = null;

  constructor(readonly canvas: HTMLCanvasElement) {}

  /** Draws anew. `only` is the label of the series that stands out. */
  draw(mode: Mode, model: ChartModel, theme: Theme, only: string | null): void {
    this.#chart?.destroy();
    this.#chart = drawingOf(mode)(this.canvas, model, theme, only, { width: this.canvas.parentElement?.clientWidth ?? 0 });
  }

  /** Draws it once more, as large and sharper, for who takes it away. */
  copyTo(target: CanvasRenderingContext2D, x: number, y: number, mode: Mode, model: ChartModel, theme: Theme, only: string | null): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const chart = drawingOf(mode)(canvas, model, theme, only, { width, fixed: { responsive: false, devicePixelRatio: pictureRatio } });
    target.drawImage(canvas, x, y, width, height);
    chart.destroy();
  }

  /** Where a time is, in CSS pixels of the plot, and how high the drawing area is; null where no times are drawn. */
  locate(time: number): { x: number; top: number; bottom: number } | null {
    const scale = this.#chart?.scales.x;
    if (!this.#chart || scale?.type !== 'time') return null;
    const { top, bottom } = this.#chart.chartArea;
    return { x: scale.getPixelForValue(time), top, bottom };
  }

  /** The time under a horizontal position, or null. */
  timeAt(x: number): number | null {
    const scale = this.#chart?.scales.x;
    return scale?.type === 'time' ? (scale.getValueForPixel(x) ?? null) : null;
  }
}
