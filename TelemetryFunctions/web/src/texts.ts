/**
 * What the page says, in the language that the service chose: the page brings the texts along. They are those of Languages/*.json, of which
 * en.json says which there are.
 */
import type table from '../../Languages/en.json';
import type { Child } from './dom.js';

/** The sections of the table that scripts use. */
type Table = Pick<typeof table, 'shared' | 'labels' | 'charts'>;
type Section = keyof Table;

export type TextKey = { [S in Section]: `${S}.${Extract<keyof Table[S], string>}` }[Section];

/** A text, or one for each form that a number asks for, by the names of Intl.PluralRules. */
type Entry = string | (Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string });

const texts = JSON.parse(document.getElementById('texts')?.textContent ?? '{}') as Readonly<Record<string, Readonly<Record<string, Entry>>>>;

/** The language of the page. */
export const language = document.documentElement.lang;

/** The visitor's own where it is of the language of the page: so there are no German months in English sentences, and Austrian ones in German. */
export const locale = navigator.languages.find((one) => one === language || one.startsWith(`${language}-`)) ?? document.documentElement.dataset.locale ?? language;

const plural = new Intl.PluralRules(locale);
const whole = new Intl.NumberFormat(locale);

type Values = Readonly<Record<string, string | number>>;

const entryOf = (key: string): Entry | undefined => {
  const dot = key.indexOf('.');
  return texts[key.slice(0, dot)]?.[key.slice(dot + 1)];
};

const template = (key: TextKey, count: unknown): string => {
  const entry = entryOf(key) ?? key;
  return typeof entry === 'string' ? entry : (typeof count === 'number' && entry[plural.select(count)]) || entry.other;
};

/** A text with its values; the one called `count` chooses between singular and plural. */
export const text = (key: TextKey, values: Values = {}): string =>
  template(key, values.count).replaceAll(/\{(\w+)\}/g, (all, name: string) => {
    const value = values[name];
    return value === undefined ? all : typeof value === 'number' ? whole.format(value) : value;
  });

/** A text whose values are elements. */
export const parts = (key: TextKey, values: Readonly<Record<string, Child | readonly Child[]>>): readonly Child[] =>
  template(key, null).split(/\{(\w+)\}/).flatMap((part, i) => (i % 2 === 0 ? [part] : (values[part] ?? [])));

/** A label that the service gave, such as `other`, as people read it; any other as it is. */
export const labelText = (label: string): string => {
  const entry = entryOf(`labels.${label}`);
  return typeof entry === 'string' ? entry : label;
};

const asked = new URLSearchParams(location.search).get('lang');

/** The address of another page of the site, in the language that was asked for, if one was. */
export const inLanguage = (address: URL): URL => {
  if (asked !== null) address.searchParams.set('lang', asked);
  return address;
};

/** Links to the same page in other languages keep what is shown of it. */
export const keepView = (): void => {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.foot a[hreflang]')) {
    link.addEventListener('click', () => {
      const address = new URL(location.href);
      address.searchParams.set('lang', link.hreflang);
      link.href = address.href;
    });
  }
};
