import { fetchHealth, fetchOverview, type Health, type Metric, type Overview } from './api.js';
import { joinAges } from './ages.js';
import { ChartCard, type Context } from './card.js';
import { renderContents, type Section } from './contents.js';
import { h } from './dom.js';
import { sum } from './labels.js';
import { Top } from './overview.js';
import { renderSearch } from './search.js';
import { renderError, renderFirstRun } from './states.js';
import { keepView } from './texts.js';
import { renderThemeSwitch, setPaper } from './theme.js';
import { renderToolbar } from './toolbar.js';
import { takeTurns } from './turns.js';
import { View } from './view.js';

const find = (selector: string): HTMLElement => document.querySelector(selector) as HTMLElement;
const [main, bar] = [find('main'), find('.bar')];
const product = document.body.dataset.product ?? '';

let cards: readonly ChartCard[] = [];
let updates = 0;
let view = new View(new URLSearchParams(location.search));

/** Renews all charts, those on the screen first and in turns; a later update ends an earlier one. */
const updateCards = async (): Promise<void> => {
  const update = ++updates;
  bar.setAttribute('aria-busy', 'true');
  const next = takeTurns();
  for (const card of cards.toSorted((a, b) => Number(b.isNear) - Number(a.isNear))) {
    await next();
    if (update !== updates) return;
    card.update();
  }
  bar.removeAttribute('aria-busy');
};

const draw = async (entries: readonly IntersectionObserverEntry[]): Promise<void> => {
  const next = takeTurns();
  for (const { isIntersecting, target } of entries) {
    const card = cards.find(({ element }) => element === target);
    if (card) card.isNear = isIntersecting;
    await next();
  }
};

const observer = new IntersectionObserver((entries) => void draw(entries), { rootMargin: '300px 0px' });

const contextOf = (overview: Overview, view: View): Context => {
  const { metrics, times } = overview;
  const count = metrics.find(({ kind }) => kind === 'count');
  const values = count && sum(count.series, times.length);
  const places = new Map(times.map((time, i) => [time, i]));
  return { days: overview, view, product, activeAt: (time) => values?.[places.get(time) ?? -1] ?? null };
};

const renderSection = async (name: string, metrics: readonly Metric[], context: Context, next: () => Promise<void>): Promise<Section> => {
  const own: ChartCard[] = [];
  for (const metric of joinAges(metrics)) {
    own.push(new ChartCard(metric, context));
    await next();
  }
  cards = [...cards, ...own];
  const id = `group-${name.toLowerCase().replaceAll(/\W+/g, '-')}`;
  const heading = h('h2', { id: `${id}-name` }, name);
  const list = h('div', { class: 'cards' }, ...own.map((card) => card.element));
  return { id, name, element: h('section', { id, 'aria-labelledby': heading.id }, heading, renderSearch(name, own), list) };
};

const show = (...elements: readonly HTMLElement[]): void => {
  main.replaceChildren(...elements);
  main.removeAttribute('aria-busy');
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The page is made after the browser looked for what the address points at. */
const scrollToHash = (): void => document.getElementById(decoded(location.hash.slice(1)))?.scrollIntoView({ behavior: 'instant' });

const renderPage = async (overview: Overview, health: Health | null): Promise<void> => {
  view = new View(new URLSearchParams(location.search));
  const context = contextOf(overview, view);
  for (const { element } of cards) observer.unobserve(element);
  cards = [];
  const top = new Top(overview, health, product, view.range);
  const next = takeTurns();
  const sections: Section[] = [];
  for (const [name, metrics] of Map.groupBy(overview.metrics, ({ group }) => group)) sections.push(await renderSection(name, metrics, context, next));
  const update = (): void => {
    top.use(view.range);
    void updateCards();
  };
  bar.hidden = false;
  bar.replaceChildren(h('div', { class: 'wrap' }, renderContents(sections), renderToolbar(overview, view, update)));
  show(top.element, ...sections.map(({ element }) => element));
  for (const { element } of cards) observer.observe(element);
  performance.mark('charts');
};

const showInstead = (notice: HTMLElement): void => {
  bar.hidden = true;
  show(notice);
};

/** Back and forward lead to addresses that may say something else: then the page is made anew of what is there. */
const followHistory = (overview: Overview, health: Health | null): void =>
  addEventListener('popstate', () => {
    const asked = new View(new URLSearchParams(location.search)).toQuery().toString();
    if (asked !== view.toQuery().toString()) void renderPage(overview, health).then(scrollToHash);
  });

const start = async (): Promise<void> => {
  try {
    const [overview, health] = await Promise.all([fetchOverview(), fetchHealth().catch(() => null)]);
    if (overview.times.length === 0) {
      showInstead(renderFirstRun(overview.metrics));
      return;
    }
    await renderPage(overview, health);
    scrollToHash();
    followHistory(overview, health);
  } catch (error) {
    showInstead(renderError(error, () => void start()));
  }
};

// Paper has all charts, as they are in the light.
for (const event of ['beforeprint', 'afterprint']) {
  addEventListener(event, () => {
    setPaper(event === 'beforeprint');
    for (const card of cards) {
      card.update();
      card.drawNow();
    }
  });
}

find('.site').append(renderThemeSwitch(() => void updateCards()));
keepView();
void start();
