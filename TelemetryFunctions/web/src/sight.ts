/** How far apart colours look, to people of every colour vision. */

// Machado, Oliveira and Fernandes 2009, severity 1: https://doi.org/10.1109/TVCG.2009.113
const sights: readonly (readonly number[])[] = [
  [1, 0, 0, 0, 1, 0, 0, 0, 1],
  [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
];

export const channels = (color: string): readonly number[] => [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16));

const linear = (color: string): readonly number[] =>
  channels(color).map((value) => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4));

const dot = (weights: readonly number[], values: readonly number[]): number => weights.reduce((total, weight, i) => total + weight * (values[i] ?? 0), 0);

// https://bottosson.github.io/posts/oklab/
const okLab = (rgb: readonly number[]): readonly number[] => {
  const cone = [
    [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005],
  ].map((weights) => Math.cbrt(dot(weights, rgb)));
  return [
    [0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766],
  ].map((weights) => dot(weights, cone));
};

const seenAs = new Map<string, readonly (readonly number[])[]>();

const see = (color: string): readonly (readonly number[])[] => {
  const known = seenAs.get(color);
  if (known) return known;
  const rgb = linear(color);
  const seen = sights.map((sight) => okLab([0, 3, 6].map((row) => Math.min(1, Math.max(0, dot(sight.slice(row, row + 3), rgb))))));
  seenAs.set(color, seen);
  return seen;
};

/** The distance in OKLab for who sees the least of it; 0.02 is a difference that one just notices. */
export const distance = (a: string, b: string): number => {
  const [left, right] = [see(a), see(b)];
  return Math.min(...left.map((lab, i) => Math.hypot(...lab.map((value, j) => value - (right[i]?.[j] ?? 0)))));
};

const luminance = (color: string): number => dot([0.2126, 0.7152, 0.0722], linear(color));

/** The contrast of WCAG 2.2, from 1 to 21. */
export const contrast = (a: string, b: string): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};
