/**
 * Reads the bars that the server drew: by pointer, by touch, which pins what is read, or by the arrow keys, which also say it to a screen
 * reader. The numbers are those of the table of the same card, newest first.
 */
import { h } from './dom.js';

const gap = 12;

interface Row {
  readonly name: string;
  readonly values: readonly string[];
}

const textOf = (cell: Element): string => cell.textContent?.trim() ?? '';

const readTable = (table: HTMLTableElement): { readonly names: readonly string[]; readonly rows: readonly Row[] } => {
  const [, ...names] = [...(table.tHead?.rows[0]?.cells ?? [])].map(textOf);
  const rows = [...(table.tBodies[0]?.rows ?? [])].map(({ cells }) => {
    const [name = '', ...values] = [...cells].map(textOf);
    return { name, values };
  });
  return { names, rows: rows.toReversed() };
};

export const readBars = (box: HTMLElement): void => {
  const card = box.closest('.card');
  const table = card?.querySelector('table');
  const picture = box.querySelector('svg');
  if (!card || !table || !picture) return;

  const { names, rows } = readTable(table);
  const swatches = [...card.querySelectorAll('li svg')];
  const panel = h('div', { class: 'readout', 'aria-hidden': 'true', hidden: true });
  const line = h('div', { class: 'crosshair', hidden: true });
  const spoken = h('p', { class: 'visually-hidden', 'aria-live': 'polite' });
  let [shown, pinned] = [-1, false];

  const hide = (): void => {
    [shown, pinned] = [-1, false];
    panel.hidden = line.hidden = true;
  };

  const place = (index: number): void => {
    const [area, frame] = [picture.getBoundingClientRect(), box.getBoundingClientRect()];
    const x = area.left - frame.left + ((index + 0.5) / rows.length) * area.width;
    line.style.transform = `translateX(${x}px)`;
    line.style.height = `${area.height}px`;
    const width = panel.offsetWidth;
    const left = x + gap + width <= frame.width ? x + gap : Math.max(0, x - gap - width);
    panel.style.transform = `translateX(${Math.round(left)}px)`;
  };

  const show = (index: number, speak: boolean): void => {
    const row = rows[index];
    if (!row) return;
    shown = index;
    const values = names.flatMap((name, i) => (row.values[i] ? [{ name, value: row.values[i], swatch: swatches[i]?.cloneNode(true) }] : []));
    panel.replaceChildren(
      h('p', {}, row.name),
      h('table', {}, h('tbody', {}, ...values.map(({ name, value, swatch }) => h('tr', {}, h('th', { scope: 'row' }, swatch, h('bdi', {}, name)), h('td', {}, value))))),
    );
    panel.hidden = line.hidden = false;
    place(index);
    if (speak) spoken.textContent = [row.name, ...values.map(({ name, value }) => `${name} ${value}`)].join(', ');
  };

  const point = ({ clientX }: PointerEvent): void => {
    const { left, width } = picture.getBoundingClientRect();
    const index = Math.floor(((clientX - left) / width) * rows.length);
    if (index !== shown) show(Math.min(rows.length - 1, Math.max(0, index)), false);
  };

  box.tabIndex = 0;
  box.append(line, panel);
  box.after(spoken);
  box.addEventListener('pointermove', (event) => {
    if (!pinned || event.buttons > 0) point(event);
  });
  box.addEventListener('pointerdown', (event) => {
    point(event);
    pinned = true;
  });
  box.addEventListener('pointerleave', () => {
    if (!pinned) hide();
  });
  box.addEventListener('blur', hide);
  box.addEventListener('keydown', (event) => {
    const last = rows.length - 1;
    const from = shown < 0 ? last + (event.key === 'ArrowLeft' ? 1 : 0) : shown;
    const targets: Readonly<Record<string, number>> = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last };
    const target = targets[event.key];
    if (event.key === 'Escape') hide();
    if (target === undefined) return;
    event.preventDefault();
    show(Math.min(last, Math.max(0, target)), true);
  });
};
