/**
 * Colours of series. A version's colour follows from its number alone, so it is the same in every chart, range and year,
 * and neighbours differ. The order of the hues keeps neighbours apart for the colour-blind too.
 */
import { other, stepStart, versionParts } from './labels.js';

const hues = {
  light: ['#4053a3', '#7fc4ea', '#2f9e8f', '#1b7340', '#a3a53a', '#e3c567', '#d9727f', '#8d2a5b', '#bd77b5'],
  dark: ['#5366c4', '#86c5ec', '#40ab9a', '#20774a', '#a9aa45', '#e6cd7c', '#dc7582', '#a2376f', '#c98ac3'],
} as const;

const steps = {
  light: ['#0d366b', '#184f95', '#256abf', '#3987e5', '#6da7ec', '#9ec5f4', '#cde2fb'],
  dark: ['#184f95', '#1c5cab', '#256abf', '#3987e5', '#6da7ec', '#9ec5f4', '#b7d3f6'],
} as const;

const neutral = { light: '#c9c8c2', dark: '#4b4a47' } as const;

export interface Theme {
  readonly name: 'light' | 'dark';
  readonly ink: string;
  readonly muted: string;
  readonly hairline: string;
  readonly surface: string;
}

export const darkMode = matchMedia('(prefers-color-scheme: dark)');

/** The theme as the style sheet defines it. */
export const readTheme = (): Theme => {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  return {
    name: darkMode.matches ? 'dark' : 'light',
    ink: color('--ink'),
    muted: color('--muted'),
    hairline: color('--hairline'),
    surface: color('--surface'),
  };
};

const channels = (color: string): readonly number[] => [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16));

/** `amount` of `to` in `from`; both `#rrggbb`. */
const mix = (from: string, to: string, amount: number): string => {
  const target = channels(to);
  const mixed = channels(from).map((value, i) => Math.round(value + ((target[i] ?? 0) - value) * amount));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
};

export const fade = (color: string, alpha: number): string =>
  color + Math.round(alpha * 255).toString(16).padStart(2, '0');

const shades = [0, 0.32, 0.16, 0.48] as const;

const versionColor = ([major = 0, minor = 0, patch]: readonly number[], theme: Theme): string => {
  const palette = hues[theme.name];
  const hue = palette[(major * 5 + minor) % palette.length] ?? palette[0];
  return patch === undefined ? hue : mix(hue, theme.surface, shades[patch % shades.length] ?? 0);
};

/** One colour a label, in the order of the labels, which is `compareLabels`. */
export const colorsOf = (labels: readonly string[], theme: Theme): readonly string[] => {
  const palette = hues[theme.name];
  const named = labels.filter((label) => label !== other);
  const scale = named.length > 2 && named.every((label) => stepStart(label) !== null) ? steps[theme.name] : null;
  return labels.map((label) => {
    if (label === other) return neutral[theme.name];
    const position = named.indexOf(label);
    if (scale) return scale[Math.round((position * (scale.length - 1)) / (named.length - 1))] ?? scale[0];
    const version = versionParts(label);
    return version ? versionColor(version, theme) : (palette[position % palette.length] ?? palette[0]);
  });
};
