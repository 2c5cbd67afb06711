/** What all drawings on a canvas share. */
import type { ChartOptions } from 'chart.js';
import type { Theme } from './palette.js';

export const font = (): { family: string; size: number } => ({ family: getComputedStyle(document.body).fontFamily, size: 12 });

/** The page has a readout of its own, so Chart.js listens to nothing and moves nothing. */
export const still = {
  animation: false,
  events: [],
  maintainAspectRatio: false,
} as const satisfies ChartOptions;

export const tickStyle = (theme: Theme): { color: string; font: ReturnType<typeof font> } => ({ color: theme.muted, font: font() });

/** How large a drawing is: as its box, which can change, or fixed for a picture. */
export interface Size {
  readonly width: number;
  readonly fixed?: { readonly responsive: false; readonly devicePixelRatio: number };
}
