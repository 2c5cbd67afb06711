import { fetchHealth, fetchOverview, type Health, type Metric, type Overview } from './api.js';
import { ChartCard, type ActiveAt } from './card.js';
import { renderContents, type Section } from './contents.js';
import { h } from './dom.js';
import { activeSystems, renderOverview } from './overview.js';
import { renderError, renderFirstRun } from './states.js';
import { renderThemeSwitch } from './theme.js';
import { renderToolbar } from './toolbar.js';
import { View } from './view.js';

const find = (selector: string): HTMLElement => document.querySelector(selector) as HTMLElement;
const [main, bar] = [find('main'), find('.bar')];
const view = new View(new URLSearchParams(location.search));

let cards: readonly ChartCard[] = [];

const updateCards = (): void => {
  for (const card of cards) card.update();
};

const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      cards.find(({ element }) => element === target)?.appear();
    }
  },
  { rootMargin: '300px 0px' },
);

const activeIn = ({ metrics, times }: Overview): ActiveAt => {
  const values = metrics.find(({ id }) => id === activeSystems)?.series[0]?.values;
  return (time) => values?.[times.indexOf(time)] ?? null;
};

const groupsOf = (metrics: readonly Metric[]): readonly (readonly [name: string, metrics: readonly Metric[]])[] => {
  const groups = new Map<string, Metric[]>();
  for (const metric of metrics) groups.set(metric.group, [...(groups.get(metric.group) ?? []), metric]);
  return [...groups];
};

const renderSections = (overview: Overview): readonly Section[] => {
  const activeAt = activeIn(overview);
  return groupsOf(overview.metrics).map(([name, metrics]) => {
    const own = metrics.map((metric) => new ChartCard(metric, overview, view, activeAt));
    cards = [...cards, ...own];
    const id = `group-${name.toLowerCase().replaceAll(/\W+/g, '-')}`;
    const heading = h('h2', { id: `${id}-name` }, name);
    const list = h('div', { class: 'cards' }, ...own.map((card) => card.element));
    return { id, name, element: h('section', { id, 'aria-labelledby': heading.id }, heading, list) };
  });
};

const show = (...elements: readonly HTMLElement[]): void => {
  main.replaceChildren(...elements);
  main.removeAttribute('aria-busy');
};

/** The page is made after the browser looked for what the address points at. */
const scrollToHash = (): void => {
  const target = [...document.querySelectorAll('[id]')].find(({ id }) => `#${encodeURIComponent(id)}` === location.hash);
  target?.scrollIntoView({ behavior: 'instant' });
};

const renderPage = (overview: Overview, health: Health | null): void => {
  cards = [];
  const sections = renderSections(overview);
  bar.hidden = false;
  bar.replaceChildren(h('div', { class: 'wrap' }, renderContents(sections), renderToolbar(overview.times, view, updateCards)));
  show(renderOverview(overview, health), ...sections.map(({ element }) => element));
  for (const { element } of cards) observer.observe(element);
  scrollToHash();
  performance.mark('charts');
};

const showInstead = (notice: HTMLElement): void => {
  bar.hidden = true;
  show(notice);
};

const start = async (): Promise<void> => {
  try {
    const [overview, health] = await Promise.all([fetchOverview(), fetchHealth().catch(() => null)]);
    if (overview.times.length === 0) showInstead(renderFirstRun(overview.metrics));
    else renderPage(overview, health);
  } catch (error) {
    showInstead(renderError(error, () => void start()));
  }
};

find('.site').append(renderThemeSwitch(updateCards));
void start();
