/**
 * Which series a chart draws in a range: those with much of its area by themselves, the others in groups that have a name. What is in a
 * group is there for the whole range.
 */
import type { Series } from './api.js';
import { compareVersions, dash, other, runOf, sum, type Run } from './labels.js';
import { labelText, text } from './texts.js';

export interface Group {
  readonly label: string;
  /** As people read it. */
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** The sum of its values in the range. */
  readonly area: number;
}

/** The days that are shown, by their indices: one as far from the next as any other, so that sums of them are areas. */
export type Days = readonly number[];

/** So much of the area at most is folded into `other` while something of it has a name. */
const mostFolded = 0.1;

interface Sized<T> {
  readonly item: T;
  readonly area: number;
  /** Its part of the area and its part of the last day: neither a former giant nor what is large today is joined with others. */
  readonly weight: number;
}

const areaOf = (values: readonly (number | null)[], days: Days): number => {
  let area = 0;
  for (const day of days) area += values[day] ?? 0;
  return area;
};

const measure = (all: readonly Series[], days: Days): readonly Sized<Series>[] => {
  const last = days.at(-1) ?? 0;
  const areas = all.map(({ values }) => areaOf(values, days));
  const [total, lastTotal] = [areas.reduce((sum, area) => sum + area, 0), all.reduce((sum, { values }) => sum + (values[last] ?? 0), 0)];
  return all.map((item, i) => ({
    item, area: areas[i] ?? 0, weight: (areas[i] ?? 0) / (total || 1) + (item.values[last] ?? 0) / (lastTotal || 1),
  }));
};

/** Joins the two neighbours that are smallest together until few are left; the last item, the newest version, is not joined. */
const joinNeighbours = <T>(items: readonly Sized<T>[], most: number, distance: (a: T, b: T) => number): readonly (readonly Sized<T>[])[] => {
  const runs = items.map((item) => ({ items: [item], weight: item.weight }));
  const cost = (i: number): number => {
    const [a, b] = [runs[i - 1], runs[i]];
    const [last, first] = [a?.items.at(-1), b?.items[0]];
    return a && b && last && first ? (a.weight + b.weight) * distance(last.item, first.item) : Number.POSITIVE_INFINITY;
  };
  while (runs.length > most) {
    let cheapest = 1;
    let least = cost(1);
    for (let i = 2; i < runs.length - 1; i++) {
      const here = cost(i);
      if (here < least) [cheapest, least] = [i, here];
    }
    const [joined] = runs.splice(cheapest, 1);
    const into = runs[cheapest - 1];
    if (!joined || !into) break;
    into.items.push(...joined.items);
    into.weight += joined.weight;
  }
  return runs.map((run) => run.items);
};

/** Versions of one release line belong together, those of different major versions last of all. */
const versionDistance = (a: Run, b: Run): number =>
  a.to[0] !== b.from[0] ? 4 : a.to.length > 2 && b.from.length > 2 && a.to[1] !== b.from[1] ? 2 : 1;

/** `2.x` or `3.49.x` for all of a release line, `3.40 and older` for the oldest ones, else the first and the last. */
const nameOfRun = (run: Run, before: Run | undefined, after: Run | undefined): string => {
  if (run.first === run.last) return run.first;
  for (let depth = run.from.length - 1; depth > 0; depth--) {
    const line = (parts: readonly number[] | undefined): string => parts?.slice(0, depth).join('.') ?? '';
    const own = line(run.from);
    if (own === line(run.to) && own !== line(before?.to) && own !== line(after?.from)) return `${own}.x`;
  }
  return before ? `${run.first}${dash}${run.last}` : text('charts.andOlder', { version: run.last });
};

const groupVersions = (versions: readonly Sized<Series & { readonly run: Run }>[], most: number): readonly Group[] => {
  const sorted = versions.toSorted((a, b) => compareVersions(a.item.run.to, b.item.run.to));
  const groups = joinNeighbours(sorted, most, (a, b) => versionDistance(a.run, b.run)).map((members) => {
    const [first, last] = [members[0]?.item.run, members.at(-1)?.item.run];
    const run = first && last && { first: first.first, from: first.from, last: last.last, to: last.to };
    return { run, members };
  });
  return groups.map(({ run, members }, i) => ({
    label: !run || run.first === run.last ? (run?.first ?? '') : `${run.first}${dash}${run.last}`,
    name: run ? nameOfRun(run, groups[i - 1]?.run, groups[i + 1]?.run) : '',
    ...merge(members),
  }));
};

const merge = (members: readonly Sized<Series>[]): Pick<Group, 'values' | 'area'> => ({
  values: sum(members.map(({ item }) => item), members[0]?.item.values.length ?? 0),
  area: members.reduce((total, { area }) => total + area, 0),
});

const toGroup = ({ item: { label, values }, area }: Sized<Series>): Group => ({ label, name: labelText(label), values, area });

const areaOfAll = (all: readonly Sized<Series>[]): number => all.reduce((area, one) => area + one.area, 0);

/** How many words are named: as many as there are places, and more while the rest would be a grey mass. */
const namedWords = (words: readonly Sized<Series>[], total: number, places: number): number => {
  let rest = areaOfAll(words.slice(places));
  let named = Math.min(words.length, places);
  while (named < Math.min(words.length, 2 * places) && rest > mostFolded * total) rest -= words[named++]?.area ?? 0;
  return words.length - named === 1 ? words.length : named;
};

/** Words that no place is left for, in alphabetical groups where they would be a grey mass; a group is no larger than that may be. */
const groupWords = (rest: readonly Sized<Series>[], total: number): readonly Group[] => {
  const groups: Sized<Series>[][] = [];
  let room = 0;
  for (const word of rest.toSorted((a, b) => (a.item.label < b.item.label ? -1 : 1))) {
    if (word.area > room) {
      groups.push([]);
      room = mostFolded * total;
    }
    groups.at(-1)?.push(word);
    room -= word.area;
  }
  return groups.map((members) => {
    const [first = '', last = ''] = [members[0]?.item.label, members.at(-1)?.item.label];
    const label = first === last ? first : `${first}${dash}${last}`;
    return { label, name: label, ...merge(members) };
  });
};

/** The series from the bottom of the stack to its top: `other`, words from the smallest to the largest, versions from the oldest on. */
export const choose = (all: readonly Series[], days: Days, places: number): readonly Group[] => {
  const sized = measure(all, days).filter(({ area }) => area > 0);
  const total = areaOfAll(sized);
  const versions = sized.flatMap((one) => {
    const run = runOf(one.item.label);
    return run ? [{ ...one, item: { ...one.item, run } }] : [];
  });
  const words = sized
    .filter(({ item }) => item.label !== other && !runOf(item.label))
    .toSorted((a, b) => b.weight - a.weight || (a.item.label < b.item.label ? -1 : 1));
  const asked = sized.length <= places ? words.length
    : versions.length === 0 ? namedWords(words, total, places)
    : words.filter(({ area }) => area * places * 4 > total).slice(0, places / 2).length;
  const isMass = areaOfAll(words.slice(asked)) > mostFolded * total;
  const rest = [...(isMass ? [] : words.slice(asked)), ...sized.filter(({ item }) => item.label === other)];
  return [
    ...(rest.length > 0 ? [{ label: other, name: labelText(other), ...merge(rest) }] : []),
    ...(isMass ? groupWords(words.slice(asked), total) : []),
    ...words.slice(0, asked).toReversed().map(toGroup),
    ...groupVersions(versions, Math.max(3, places - asked)),
  ];
};

/** Neighbouring steps of a scale of numbers, joined until few are left, and `other` behind them; steps that are named otherwise stay as they are. */
export const chooseSteps = (all: readonly Series[], days: Days, places: number): readonly Group[] => {
  const sized = measure(all, days).filter(({ item: { values } }) => days.some((day) => values[day] != null));
  const [steps, rest] = [sized.filter(({ item }) => item.label !== other), sized.filter(({ item }) => item.label === other)];
  const joinable = steps.every(({ item }) => /^\d+(-\d+)?$/.test(item.label));
  const groups = joinable ? joinNeighbours(steps, places, () => 1) : steps.map((step) => [step]);
  const joined = groups.map((members) => {
    const [first = '', last = ''] = [members[0]?.item.label, members.at(-1)?.item.label];
    const label = members.length === 1 ? first : `${first.replace(/-.*/, '')}-${last.replace(/.*-/, '')}`;
    return { label, name: labelText(label), ...merge(members) };
  });
  return [...joined, ...rest.map(toGroup)];
};
