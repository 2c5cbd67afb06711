/**
 * Colours of series. A version's colour follows from its number alone, so it is the same in every chart, range and year,
 * and neighbours differ. The order of the hues keeps neighbours apart for the colour-blind too.
 */
import { isScale, other, versionParts } from './labels.js';

// The order was searched for: neighbours are far apart for every kind of colour blindness, which PaletteTests proves.
const hues = {
  light: [
    '#4053a3', '#c08aa5', '#ccce93', '#7fc4ea', '#8d2a5b', '#82b296', '#b9dff3', '#a3a53a', '#8dcac1',
    '#2f9e8f', '#e3c567', '#96a0cc', '#1b7340', '#dbb4d6', '#bd77b5', '#f0dfab', '#d9727f', '#eab1b9',
  ],
  dark: [
    '#5366c4', '#cc91b0', '#d0d099', '#86c5ec', '#a2376f', '#84b49b', '#bcdff5', '#a9aa45', '#96d1c7',
    '#40ab9a', '#e6cd7c', '#a0abdf', '#20774a', '#e1bfde', '#c98ac3', '#f1e4b7', '#dc7582', '#ecb3ba',
  ],
} as const;

const steps = {
  light: ['#0d366b', '#184f95', '#256abf', '#3987e5', '#6da7ec', '#9ec5f4', '#cde2fb'],
  dark: ['#184f95', '#1c5cab', '#256abf', '#3987e5', '#6da7ec', '#9ec5f4', '#b7d3f6'],
} as const;

const neutral = { light: '#c9c8c2', dark: '#4b4a47' } as const;

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

const channels = (color: string): readonly number[] => [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16));

/** `amount` of `to` in `from`; both `#rrggbb`. */
const mix = (from: string, to: string, amount: number): string => {
  const target = channels(to);
  const mixed = channels(from).map((value, i) => Math.round(value + ((target[i] ?? 0) - value) * amount));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
};

export const fade = (color: string, alpha: number): string =>
  color + Math.round(alpha * 255).toString(16).padStart(2, '0');

const shades = [0, 0.3, 0.15, 0.45] as const;

const versionColor = ([major = 0, minor = 0, patch = 0]: readonly number[], theme: Theme): string => {
  const palette = hues[theme.name];
  const hue = palette[(major * 5 + minor) % palette.length] ?? palette[0];
  return mix(hue, '#000000', shades[patch % shades.length] ?? 0);
};

/** The colour at a part of the way through a scale. */
const between = (scale: readonly string[], part: number): string => {
  const place = part * (scale.length - 1);
  const from = Math.min(Math.floor(place), scale.length - 2);
  return mix(scale[from] ?? '#000000', scale[from + 1] ?? '#000000', place - from);
};

/** One colour a label, in the order of the labels, which is `compareLabels`. */
export const colorsOf = (labels: readonly string[], theme: Theme): readonly string[] => {
  const palette = hues[theme.name];
  const named = labels.filter((label) => label !== other);
  const scale = isScale(labels) ? steps[theme.name] : null;
  return labels.map((label) => {
    if (label === other) return neutral[theme.name];
    const position = named.indexOf(label);
    if (scale) return between(scale, position / (named.length - 1));
    const version = versionParts(label);
    return version ? versionColor(version, theme) : (palette[position % palette.length] ?? palette[0]);
  });
};
