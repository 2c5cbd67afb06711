/** The choices for all charts: the range of days, and counts or shares. */
import type { Overview } from './api.js';
import { h, segmented, textToggle } from './dom.js';
import { capitalize, isoDay, unitName } from './format.js';
import { isFree, presetNames, presets, toFree, type Preset } from './range.js';
import { text } from './texts.js';
import type { View } from './view.js';

type RangeChoice = Preset | 'free';

const renderDates = (times: readonly number[], view: View, onChange: () => void): HTMLElement => {
  const chosen = toFree(times, view.range);
  const bounds = { min: isoDay(times[0] ?? 0), max: isoDay(times.at(-1) ?? 0) };
  const [from, to] = ([[text('charts.from'), chosen.from], [text('charts.to'), chosen.to]] as const).map(([name, value]) => {
    const input = h('input', { type: 'date', 'aria-label': name, value, ...bounds });
    input.addEventListener('change', () => {
      view.range = { from: from?.value ?? '', to: to?.value ?? '' };
      onChange();
    });
    return input;
  });
  return h('span', { class: 'dates' }, from, '–', to);
};

export const renderToolbar = ({ times, metrics }: Overview, view: View, onChange: () => void): HTMLElement => {
  const dates = h('span', { hidden: !isFree(view.range) }, renderDates(times, view, onChange));
  const ranges = [
    ...presets.map((value) => ({ value, text: text(presetNames[value]) })),
    { value: 'free', text: text('charts.dates'), title: text('charts.datesTitle') } as const,
  ];
  const range = segmented<RangeChoice>(text('charts.timeRange'), ranges, isFree(view.range) ? 'free' : view.range, (choice) => {
    view.range = choice === 'free' ? toFree(times, view.range) : choice;
    dates.hidden = choice !== 'free';
    dates.replaceChildren(renderDates(times, view, onChange));
    onChange();
  });
  const units = [
    { value: 'count', text: capitalize(unitName(metrics.find(({ kind }) => kind === 'count')?.unit ?? text('charts.counts'))), title: text('charts.numbers') },
    { value: 'percent', text: text('charts.share'), title: text('charts.shares') },
  ] as const;
  const values = segmented(text('charts.values'), units, view.percent ? 'percent' : 'count', (choice) => {
    view.percent = choice === 'percent';
    onChange();
  });
  const compare = textToggle(text('charts.compare'), text('charts.compareTitle'), view.compare, (pressed) => {
    view.compare = pressed;
    onChange();
  });
  return h('section', { class: 'toolbar', 'aria-label': text('charts.whatAllShow') }, range, dates, compare, values);
};
