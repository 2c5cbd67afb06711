/** The public JSON API of the service. It is stable; see the HTTP section of the documentation. */

export interface ChartInfo {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly unit: string;
  readonly href: string;
}

export interface Series {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

export interface ChartDocument {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** The last day that was summarized, `yyyy-MM-dd`. */
  readonly through: string | null;
  /** The last point is today so far. */
  readonly provisional: boolean;
  /** Starts of days in epoch milliseconds, oldest first. */
  readonly times: readonly number[];
  readonly series: readonly Series[];
}

export interface Health {
  readonly lastSummarizedDay?: string | null;
  readonly nextRun?: string | null;
}

/** How versions are counted: `xy` by 3.21, `xyz` by 3.21.4. */
export type VersionDetail = 'xy' | 'xyz';

const get = async <T>(href: string, acceptable: (status: number) => boolean): Promise<T> => {
  const url = new URL(href, location.origin);
  if (url.origin !== location.origin) throw new Error('The address of this chart is not on this site.');
  const response = await fetch(url, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(30_000) });
  if (!acceptable(response.status)) throw new Error(`The server answered ${response.status}.`);
  return (await response.json()) as T;
};

const ok = (status: number): boolean => status === 200;

export const fetchCharts = (): Promise<readonly ChartInfo[]> => get('/charts', ok);

/** Health says what it knows with 503 too. */
export const fetchHealth = (): Promise<Health> => get('/health', (status) => status === 200 || status === 503);

export const fetchChart = (info: ChartInfo, detail: VersionDetail): Promise<ChartDocument> => {
  const url = new URL(info.href, location.origin);
  if (detail !== 'xy') url.searchParams.set('by', detail);
  return get(url.href, ok);
};

export const hasVersionDetail = (info: ChartInfo): boolean => info.id.startsWith('components/');
