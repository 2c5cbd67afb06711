/**
 * What the reader chose. All of it is in the query of the address, so that a link shows the same: the range and the values for
 * the whole page, and for a chart a parameter such as `only:components/core=3.21` for what differs from the standard.
 */
import { presets, standardRange, type Range } from './range.js';

export type Mode = 'time' | 'day';

export interface ChartView {
  /** The breakdown. */
  readonly by: string | null;
  /** Over time, or the distribution on the last day of the range. */
  readonly mode: Mode | null;
  /** The label of the series that is shown alone. */
  readonly only: string | null;
  /** Shows many labels instead of the largest. */
  readonly all: boolean;
  /** Lines or stacked areas; null for what suits the metric. */
  readonly lines: boolean | null;
  /** The axis is logarithmic. */
  readonly log: boolean;
  /** The chart is as wide as the page. */
  readonly wide: boolean;
  /** The table is open. */
  readonly table: boolean;
}

const standard: ChartView = { by: null, mode: null, only: null, all: false, lines: null, log: false, wide: false, table: false };

/** The fields that are there or not. */
const flags = ['all', 'log', 'wide', 'table'] as const;

const isFlag = (field: string): field is (typeof flags)[number] => (flags as readonly string[]).includes(field);

export class View {
  #range: Range = standardRange;
  #percent = false;
  #compare = false;
  readonly #charts = new Map<string, ChartView>();

  constructor(query: URLSearchParams) {
    const preset = presets.find((name) => name === query.get('range'));
    const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
    if (preset) this.#range = preset;
    else if (from || to) this.#range = { from, to };
    this.#percent = query.get('values') === 'percent';
    this.#compare = query.get('compare') === 'previous';
    for (const [name, value] of query) {
      const colon = name.indexOf(':');
      const [field, id] = [name.slice(0, colon), name.slice(colon + 1)];
      if (isFlag(field)) this.#set(id, { [field]: value === '1' });
      if (field === 'lines') this.#set(id, { lines: value === '1' });
      if (field === 'by' || field === 'only') this.#set(id, { [field]: value });
      if (field === 'mode' && (value === 'time' || value === 'day')) this.#set(id, { mode: value });
    }
  }

  get range(): Range {
    return this.#range;
  }

  set range(range: Range) {
    this.#range = range;
    this.#write();
  }

  get percent(): boolean {
    return this.#percent;
  }

  set percent(percent: boolean) {
    this.#percent = percent;
    this.#write();
  }

  /** The period before is shown too. */
  get compare(): boolean {
    return this.#compare;
  }

  set compare(compare: boolean) {
    this.#compare = compare;
    this.#write();
  }

  /** The address of what is shown of a chart. */
  linkTo(id: string): string {
    const query = this.toQuery().toString();
    return `${location.origin}${location.pathname}${query && `?${query}`}#${encodeURIComponent(id)}`;
  }

  of(id: string): ChartView {
    return this.#charts.get(id) ?? standard;
  }

  change(id: string, change: Partial<ChartView>): void {
    this.#set(id, change);
    this.#write();
  }

  toQuery(): URLSearchParams {
    const query = new URLSearchParams();
    if (typeof this.#range === 'object') {
      if (this.#range.from) query.set('from', this.#range.from);
      if (this.#range.to) query.set('to', this.#range.to);
    } else if (this.#range !== standardRange) query.set('range', this.#range);
    if (this.#percent) query.set('values', 'percent');
    if (this.#compare) query.set('compare', 'previous');
    for (const [id, { by, mode, only, lines, ...chosen }] of this.#charts) {
      if (by !== null) query.set(`by:${id}`, by);
      if (mode !== null) query.set(`mode:${id}`, mode);
      if (only !== null) query.set(`only:${id}`, only);
      if (lines !== null) query.set(`lines:${id}`, lines ? '1' : '0');
      for (const flag of flags) if (chosen[flag]) query.set(`${flag}:${id}`, '1');
    }
    return query;
  }

  #set(id: string, change: Partial<ChartView>): void {
    this.#charts.set(id, { ...this.of(id), ...change });
  }

  #write(): void {
    const all = this.toQuery();
    const language = new URLSearchParams(location.search).get('lang');
    if (language !== null) all.set('lang', language);
    const query = all.toString();
    history.replaceState(null, '', `${location.pathname}${query && `?${query}`}${location.hash}`);
  }
}
