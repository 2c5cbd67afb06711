/** Finds charts of a section by their names. */
import type { ChartCard } from './card.js';
import { h } from './dom.js';
import { text } from './texts.js';

/** Fewer charts are seen at once. */
const many = 6;

export const renderSearch = (name: string, cards: readonly ChartCard[]): HTMLElement | null => {
  if (cards.length < many) return null;
  const found = h('span', { class: 'quiet', role: 'status' });
  const input = h('input', { type: 'search', placeholder: text('charts.findChart'), 'aria-label': text('charts.findChartOf', { section: name }) });
  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/);
    const matching = cards.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)));
    for (const card of cards) card.element.hidden = !matching.includes(card);
    found.textContent = input.value.trim() === '' ? '' : text('charts.found', { found: matching.length, all: cards.length });
  });
  return h('p', { class: 'search' }, input, found);
};
