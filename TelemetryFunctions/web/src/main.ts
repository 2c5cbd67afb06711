import { fetchChart, fetchCharts, fetchHealth, type ChartDocument, type ChartInfo, type Health } from './api.js';
import { ChartCard } from './card.js';
import { h, segmented } from './dom.js';
import { renderOverview } from './overview.js';
import { darkMode } from './palette.js';
import { rangeNames, ranges, readRange, writeRange, type Range } from './range.js';
import { renderError, renderFirstRun } from './states.js';

const activeSystems = 'active-systems';

const page = {
  main: document.querySelector('main') as HTMLElement,
  bar: document.querySelector('.bar') as HTMLElement,
};

let cards: readonly ChartCard[] = [];

const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      void cards.find(({ element }) => element === target)?.appear();
    }
  },
  { rootMargin: '300px 0px' },
);

const groupsOf = (charts: readonly ChartInfo[]): Map<string, ChartInfo[]> => {
  const groups = new Map<string, ChartInfo[]>();
  for (const chart of charts) groups.set(chart.group, [...(groups.get(chart.group) ?? []), chart]);
  return groups;
};

const renderBar = (names: readonly string[], range: Range): void => {
  const links = names.map((name, i) => h('li', {}, h('a', { href: `#group-${i}` }, name)));
  const choice = segmented<Range>('Time range', ranges.map((r) => [r, rangeNames[r]] as const), range, (chosen) => {
    writeRange(chosen);
    for (const card of cards) card.setRange(chosen);
  });
  page.bar.hidden = false;
  page.bar.replaceChildren(
    h('div', { class: 'wrap' }, h('nav', { 'aria-label': 'Charts' }, h('ul', {}, ...links)), choice),
  );
};

const renderPage = (charts: readonly ChartInfo[], active: ChartDocument | null, health: Health | null): void => {
  const range = readRange();
  const top = charts.find(({ id }) => id === activeSystems);
  const topCard = top && active ? new ChartCard(top, range, active) : null;
  const groups = groupsOf(charts.filter((chart) => !topCard || chart !== top));
  const made: ChartCard[] = topCard ? [topCard] : [];

  const sections = [...groups].map(([name, members], i) => {
    const own = members.map((member) => new ChartCard(member, range));
    made.push(...own);
    return h(
      'section', { id: `group-${i}`, 'aria-labelledby': `group-${i}-name` },
      h('h2', { id: `group-${i}-name` }, name),
      h('div', { class: 'cards' }, ...own.map(({ element }) => element)),
    );
  });

  cards = made;
  renderBar([...groups.keys()], range);
  page.main.replaceChildren(
    ...(topCard && active ? [h('section', { class: 'top' }, renderOverview(active, health), topCard.element)] : []),
    ...sections,
  );
  for (const { element } of cards) observer.observe(element);
};

const showInstead = (notice: HTMLElement): void => {
  page.bar.hidden = true;
  page.main.replaceChildren(notice);
};

const start = async (): Promise<void> => {
  try {
    const health = fetchHealth().catch(() => null);
    const charts = await fetchCharts();
    const top = charts.find(({ id }) => id === activeSystems);
    const active = top ? await fetchChart(top, 'xy') : null;
    if (charts.length === 0 || active?.times.length === 0) showInstead(renderFirstRun());
    else renderPage(charts, active, await health);
  } catch (error) {
    showInstead(renderError(error, () => void start()));
  }
  page.main.removeAttribute('aria-busy');
};

darkMode.addEventListener('change', () => {
  for (const card of cards) card.render();
});

void start();
