/** The public JSON API of the service. It is stable; see the HTTP section of the documentation. */
import { text } from './texts.js';

export interface Series {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

/** What there is to tell of a day. */
export interface Mark {
  /** `yyyy-MM-dd`. */
  readonly day: string;
  /** `hole`: the service was down for most of the day, which has no values; `outage`: for less; `kept`: the last of some that could not be summarized again; `note`: of the maintainers. */
  readonly kind: 'outage' | 'hole' | 'kept' | 'note';
  readonly hours?: number;
  readonly days?: number;
  readonly text?: string;
  readonly link?: string;
  /** The charts or metrics that it belongs to; all where they are missing. */
  readonly charts?: readonly string[];
}

/** The part that a chart of one metric and the overview of all have in common. */
export interface Days {
  /** The last day that was summarized, `yyyy-MM-dd`. */
  readonly through: string | null;
  /** The last point is today so far. */
  readonly provisional: boolean;
  /** Starts of days in epoch milliseconds, oldest first. */
  readonly times: readonly number[];
  /** Oldest first; missing where there is nothing to tell. */
  readonly marks?: readonly Mark[];
}

/** The days and the series of a chart. */
export interface ChartData extends Days {
  readonly series: readonly Series[];
  /** How many systems were counted, where one can have several labels; null on days on which none did. */
  readonly counted?: readonly (number | null)[];
}

/** `share`: parts of a whole over time; `line`: values over time; `bars`: the distribution on a day. */
export type Shape = 'share' | 'line' | 'bars';

export interface Metric {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly unit: string;
  readonly kind: string;
  readonly question: string;
  readonly href: string;
  /** Its entry in the catalogue. */
  readonly catalogue: string;
  /** The values of `?by=`; empty where there is one breakdown. */
  readonly breakdowns: readonly string[];
  /** The breakdown of `series`. */
  readonly by: string | null;
  readonly shape: Shape;
  /** What the values are counted out of. */
  readonly outOf: string;
  /** The labels are in the order that the catalogue gives them. */
  readonly ordered?: boolean;
  /** One of the numbers at the top of the page. */
  readonly headline?: boolean;
  /** Labels, runs of versions such as `3.1–3.40`, and `other` for the rest. */
  readonly series: readonly Series[];
  readonly counted?: readonly (number | null)[];
  /** Whose breakdown each of the breakdowns is, where they are of several metrics. */
  readonly parts?: ReadonlyMap<string, Metric>;
}

export interface Overview extends Days {
  readonly metrics: readonly Metric[];
}

export interface Health {
  readonly status: string;
  readonly lastSummarizedDay?: string | null;
  readonly nextRun?: string | null;
}

/** The address of the site, which may be below a path that the service does not know: two levels above this script. */
export const site = new URL('..', import.meta.url);

/** Where a path of the service is: below the address of the site. */
export const at = (path: string): URL => new URL(path.replace(/^\/+/, ''), site);

const get = async <T>(path: string, acceptable: readonly number[] = [200]): Promise<T> => {
  const url = at(path);
  if (url.origin !== site.origin) throw new Error(text('charts.notOnThisSite'));
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  if (!acceptable.includes(response.status)) throw new Error(text('charts.answered', { status: String(response.status) }));
  return (await response.json()) as T;
};

/** Every chart at the resolution of the page, in one request. */
export const fetchOverview = (): Promise<Overview> => get('/charts/overview');

/** Health says what it knows with 503 too. */
export const fetchHealth = (): Promise<Health> => get('/health', [200, 503]);

/** One chart with every label. */
export const fetchChart = (metric: Metric, by: string | null): Promise<ChartData> => get(chartHref(metric, { by }));

/** The path of a chart's data; what is null is left to the server's defaults. */
export const chartHref = (metric: Metric, query: Readonly<Record<string, string | null>>): string => {
  const asked = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null);
  return asked.length === 0 ? metric.href : `${metric.href}?${new URLSearchParams(asked)}`;
};
