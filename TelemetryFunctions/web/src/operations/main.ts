/** The dashboard of maintainers: charts of what is made of events. */
import { renderContents } from '../contents.js';
import { h, segmented } from '../dom.js';
import { renderThemeSwitch, setPaper } from '../theme.js';
import { takeTurns } from '../turns.js';
import { PanelCard } from './card.js';
import { groups, texts } from './panels.js';
import { ofPreset, presetNames, presets, readPeriod, toQuery, type Period, type Preset } from './period.js';
import { ClosedError, fetchRollup } from './rollup.js';

const find = (selector: string): HTMLElement => document.querySelector(selector) as HTMLElement;
const [main, bar] = [find('main'), find('.bar')];

const sections = groups.map(({ name, panels }) => {
  const cards = panels.map((panel) => new PanelCard(panel));
  const id = `group-${name.toLowerCase()}`;
  const list = h('div', { class: 'cards' }, ...cards.map((card) => card.element));
  return { id, name, cards, element: h('section', { id, 'aria-labelledby': `${id}-name` }, h('h2', { id: `${id}-name` }, name), list) };
});
const cards = sections.flatMap((section) => section.cards);

let period = readPeriod(new URLSearchParams(location.search), Date.now());
let loads = 0;

const showClosed = (): void => {
  bar.hidden = true;
  main.replaceChildren(h('section', { class: 'notice', role: 'alert' },
    h('h2', {}, texts.closedTitle), h('p', {}, texts.closed), h('p', {}, h('a', { href: location.pathname }, texts.open))));
};

/** Fetches a rollup once for all of its charts. A later choice ends an earlier one. */
const load = async (id: string, own: readonly PanelCard[], ofLoad: number): Promise<void> => {
  const now = Date.now();
  for (const { element } of own) element.setAttribute('aria-busy', 'true');
  try {
    const rollup = await fetchRollup(id, period, own.every(({ panel }) => !panel.labels));
    const next = takeTurns();
    for (const card of own) {
      await next();
      if (ofLoad === loads) card.use(rollup, period, now);
    }
  } catch (error) {
    if (ofLoad !== loads) return;
    if (error instanceof ClosedError) showClosed();
    else for (const card of own) card.fail(error, () => void load(id, own, loads));
  }
};

const loadAll = async (): Promise<void> => {
  const ofLoad = ++loads;
  const byRollup = Map.groupBy(cards, ({ panel }) => panel.rollup);
  await Promise.all([...byRollup].map(([id, own]) => load(id, own, ofLoad)));
  if (ofLoad === loads) main.removeAttribute('aria-busy');
};

const choose = (chosen: Period): void => {
  period = chosen;
  history.replaceState(null, '', `${location.pathname}${toQuery(period)}${location.hash}`);
  void loadAll();
};

const renderDates = (): HTMLElement => {
  const [from, to] = ([[texts.from, period.from], [texts.to, period.to]] as const).map(([name, value]) => {
    const input = h('input', { type: 'date', 'aria-label': name, value });
    input.addEventListener('change', () => {
      const [first, last] = [from?.value ?? '', to?.value ?? ''];
      if (first && last && first <= last) choose({ preset: null, from: first, to: last });
    });
    return input;
  });
  return h('span', { class: 'dates' }, from, '–', to);
};

const renderToolbar = (): HTMLElement => {
  const dates = h('span', { hidden: period.preset !== null }, renderDates());
  const options = [...presets.map((value) => ({ value, text: presetNames[value] })), { value: 'free', text: texts.dates } as const];
  const range = segmented<Preset | 'free'>(texts.range, options, period.preset ?? 'free', (value) => {
    dates.hidden = value !== 'free';
    if (value === 'free') dates.replaceChildren(renderDates());
    else choose(ofPreset(value, Date.now()));
  });
  return h('section', { class: 'toolbar', 'aria-label': texts.choices }, range, dates);
};

for (const event of ['beforeprint', 'afterprint']) {
  addEventListener(event, () => {
    setPaper(event === 'beforeprint');
    for (const card of cards) card.render();
  });
}

bar.append(h('div', { class: 'wrap' }, renderContents(sections), renderToolbar()));
main.replaceChildren(...sections.map(({ element }) => element));
find('.site').append(renderThemeSwitch(() => {
  for (const card of cards) card.render();
}));
void loadAll();
