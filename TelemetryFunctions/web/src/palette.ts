/**
 * Colours of series. No two of a chart share one, neighbours are apart for every colour vision, each stands out from the ground, and the
 * largest is not the palest. A version begins with the colour of its number, so it mostly is the same in every chart, range and year.
 */
import { other, runOf } from './labels.js';
import { channels, contrast, distance } from './sight.js';

// Searched for: each has three times the contrast of the ground, and those that follow each other are far apart.
const hues = {
  light: [
    '#2f5136', '#5a97db', '#8a3785', '#c25893', '#7f124d', '#a862bd', '#a02d47', '#0ea361', '#683c00', '#c6650a',
    '#2f686d', '#568f8c', '#4d4063', '#849b11', '#54529f', '#b48877', '#363896', '#8d8ab2', '#755914', '#617bdc',
  ],
  dark: [
    '#a64d40', '#e69228', '#388f79', '#cdd85a', '#a15cb6', '#82afc8', '#2c7656', '#b790f7', '#71648a', '#f587c2',
    '#8e7b53', '#8dc45a', '#5e6f03', '#1acf9f', '#678c01', '#5be3f9', '#c4506f', '#c49f82', '#3f7cd5', '#f8b7de',
  ],
} as const;

const steps = {
  light: ['#40004c', '#362070', '#123e86', '#075976', '#136e72', '#0f8367', '#539344', '#969725'],
  dark: ['#73599e', '#6275bb', '#4693c8', '#30afc5', '#4dc6b6', '#87d7a1', '#c5e190', '#ffe891'],
} as const;

/** The one colour of bars that carry their names, where the site has none of its own. */
const bars = { light: '#2b63b0', dark: '#6ea3ea' } as const;

/** The site's own, which the service has held against the grounds of the pages. */
const [ownLight, ownDark] = document.documentElement.dataset.accent?.split(' ') ?? [];

/** What has no name of its own; the second where it is the largest. */
const neutral = { light: ['#8d8c84', '#62615c'], dark: ['#6f6e67', '#a09f98'] } as const;

/** So far apart neighbours are, in OKLab, for every colour vision. */
const apart = 0.1;

/** The colours that a canvas needs and can't take from the style sheet. */
export interface Theme {
  readonly name: 'light' | 'dark';
  readonly ink: string;
  readonly muted: string;
  readonly hairline: string;
  readonly surface: string;
}

const themes: Readonly<Record<Theme['name'], Theme>> = {
  light: { name: 'light', ink: '#14140f', muted: '#62615c', hairline: '#e7e6e1', surface: '#ffffff' },
  dark: { name: 'dark', ink: '#f5f4ef', muted: '#a09f98', hairline: '#2f2f2c', surface: '#1a1a19' },
};

export const themeOf = (dark: boolean): Theme => themes[dark ? 'dark' : 'light'];

/** `amount` of `to` in `from`; both `#rrggbb`. */
const mix = (from: string, to: string, amount: number): string => {
  const target = channels(to);
  const mixed = channels(from).map((value, i) => Math.round(value + ((target[i] ?? 0) - value) * amount));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
};

export const fade = (color: string, alpha: number): string =>
  color + Math.round(alpha * 255).toString(16).padStart(2, '0');

/** The colour of text upon a fill. */
export const inkOn = (fill: string): string => (contrast(fill, '#ffffff') > contrast(fill, '#14140f') ? '#ffffff' : '#14140f');

/** The colour of charts of one colour. */
export const barColor = (theme: Theme): string => (theme.name === 'light' ? ownLight : ownDark) ?? bars[theme.name];

/** The colour of what is there to compare with: the grey that is farther from that. */
export const beforeColor = (theme: Theme): string => {
  const [pale, deep] = neutral[theme.name];
  return distance(pale, barColor(theme)) < distance(deep, barColor(theme)) ? deep : pale;
};

/** The hues, and behind them as many deeper ones again and again, for who asks for very many series. */
const paletteOf = (theme: Theme, count: number): readonly string[] => {
  const base = hues[theme.name];
  const deep = theme.name === 'light' ? '#000000' : '#ffffff';
  return Array.from({ length: Math.ceil((count + 1) / base.length) }, (_, round) => base.map((hue) => mix(hue, deep, round * 0.22))).flat();
};

/** The colour at a part of the way through a scale. */
const between = (scale: readonly string[], part: number): string => {
  const place = part * (scale.length - 1);
  const from = Math.min(Math.floor(place), scale.length - 2);
  return mix(scale[from] ?? '#000000', scale[from + 1] ?? '#000000', place - from);
};

/** Where a label begins to look for its colour. */
const preferred = (label: string): number => {
  const run = runOf(label);
  if (run) return (run.to[0] ?? 0) * 5 + (run.to[1] ?? 0) + (run.to[2] ?? 0) * 3;
  return [...label].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 99_991, 7);
};

interface Colored {
  readonly label: string;
  readonly area: number;
}

const isLargest = (area: number, series: readonly Colored[]): boolean => series.every((one) => one.area <= area);

/**
 * Gives each series the first colour from its own on that is free and far from its neighbours'. From the top of the stack down: what is
 * newest is the same in every range, and so are its colours.
 */
const assign = (series: readonly Colored[], palette: readonly string[], theme: Theme, shift: number): readonly string[] => {
  const colors: (string | undefined)[] = series.map(({ label, area }) =>
    label === other ? neutral[theme.name][isLargest(area, series) ? 1 : 0] : undefined);
  const free = new Set(palette);
  const downwards = series.map((one, i) => ({ ...one, i })).filter(({ i }) => colors[i] === undefined).toReversed();
  downwards.forEach(({ label, i }) => {
    const neighbours = [colors[i - 1], colors[i + 1]].filter((color) => color !== undefined);
    const start = preferred(label) + shift;
    const nearest = (color: string): number => Math.min(1, ...neighbours.map((neighbour) => distance(color, neighbour)));
    // A round of hues after the other: the deeper ones are for when these are used up.
    const rounds = palette.map((_, k) => {
      const round = Math.floor(k / hues[theme.name].length) * hues[theme.name].length;
      return palette[round + ((start + k) % hues[theme.name].length)] ?? '#000000';
    }).filter((color) => free.has(color));
    const color = rounds.find((one) => nearest(one) >= apart) ?? rounds.toSorted((a, b) => nearest(b) - nearest(a))[0] ?? '#000000';
    colors[i] = color;
    free.delete(color);
  });
  return colors.map((color) => color ?? '#000000');
};

/** True where some series stands out less from the ground than the largest, or there is just one. */
const isFair = (series: readonly Colored[], colors: readonly string[], theme: Theme): boolean => {
  const largest = series.findIndex(({ area }) => isLargest(area, series));
  const own = contrast(colors[largest] ?? '', theme.surface);
  return series.length === 1 || colors.some((color) => contrast(color, theme.surface) < own);
};

/** One colour a series, in their order, in which neighbours touch. */
export const colorsOf = (series: readonly Colored[], scale: boolean, theme: Theme): readonly string[] => {
  if (series.length === 1) return [barColor(theme)];
  if (scale) return colorsOfScale(series, theme);
  const palette = paletteOf(theme, series.length);
  let colors: readonly string[] = [];
  for (let shift = 0; shift < hues[theme.name].length; shift++) {
    colors = assign(series, palette, theme, shift);
    if (isFair(series, colors, theme)) break;
  }
  return colors;
};

/** From the deep end to the pale one, or the other way round where the largest would be the palest. */
const colorsOfScale = (series: readonly Colored[], theme: Theme): readonly string[] => {
  const named = series.filter(({ label }) => label !== other);
  const [pale, deep] = neutral[theme.name];
  const colors = (scale: readonly string[]): readonly string[] => {
    const last = scale.at(-1) ?? pale;
    const rest = distance(pale, last) > distance(deep, last) ? pale : deep;
    return series.map((one) => (one.label === other ? rest : between(scale, named.indexOf(one) / Math.max(1, named.length - 1))));
  };
  const forward = colors(steps[theme.name]);
  return isFair(series, forward, theme) ? forward : colors(steps[theme.name].toReversed());
};
