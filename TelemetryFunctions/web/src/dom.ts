export type Child = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, string | boolean | null | undefined>>;

const append = (parent: Element, children: readonly Child[]): void => {
  for (const child of children) if (child) parent.append(child);
};

/** Makes an HTML element. Text becomes text nodes only, so that no label can become markup. */
export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
  append(element, children);
  return element;
};

/** A label that someone else chose: isolated, so that its direction can't disturb the text around it. */
export const label = (text: string): HTMLElement => h('bdi', { dir: 'auto' }, text);

/** The coloured square of a series. The colour is set through CSSOM, which a strict CSP allows. */
export const swatch = (color: string): HTMLElement => {
  const element = h('span', { class: 'swatch', 'aria-hidden': 'true' });
  element.style.setProperty('--series', color);
  return element;
};

/** Draws an icon of one path, 16 units wide. */
export const icon = (path: string): SVGElement => {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(namespace, 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
};

const nameOf = (button: Element): string => button.getAttribute('aria-label') ?? button.querySelector('bdi')?.textContent ?? button.textContent ?? '';

/** Replaces what is in a box; the button that has the focus has it afterwards, if there still is one of its name. */
export const replace = (box: HTMLElement, children: readonly Child[]): void => {
  const focused = document.activeElement;
  const name = focused && box.contains(focused) ? nameOf(focused) : null;
  box.replaceChildren(...children.filter((child): child is Node | string => Boolean(child)));
  if (name !== null) [...box.querySelectorAll('button')].find((button) => nameOf(button) === name)?.focus();
};

export interface Option<T> {
  readonly value: T;
  readonly text: string;
  /** What it means, where the text is short. */
  readonly title?: string | undefined;
  /** Shown in place of the text. */
  readonly icon?: string;
}

/** A row of buttons of which one is pressed. */
export const segmented = <T extends string>(
  name: string,
  options: readonly Option<T>[],
  initial: T,
  onChange: (value: T) => void,
): HTMLElement => {
  const buttons = options.map(({ value, text, title, icon: path }) => {
    const button = h(
      'button',
      { type: 'button', 'aria-pressed': String(value === initial), title: title ?? (path && text), 'aria-label': path && text },
      path ? icon(path) : text,
    );
    button.addEventListener('click', () => {
      for (const other of buttons) other.setAttribute('aria-pressed', String(other === button));
      onChange(value);
    });
    return button;
  });
  return h('div', { class: 'segmented', role: 'group', 'aria-label': name }, ...buttons);
};

/** A button that is pressed or not, and changes by itself. */
export const textToggle = (short: string, title: string, initial: boolean, onChange: (pressed: boolean) => void): HTMLElement => {
  const button = h('button', { type: 'button', 'aria-pressed': String(initial), title }, short);
  button.addEventListener('click', () => {
    const pressed = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(pressed));
    onChange(pressed);
  });
  return h('span', { class: 'segmented' }, button);
};

/** A button with an icon that is pressed or not. */
export const toggle = (text: string, name: string, path: string, initial: boolean, onChange: (pressed: boolean) => void): HTMLElement => {
  const button = h('button', { type: 'button', 'aria-pressed': String(initial), title: text, 'aria-label': name }, icon(path));
  button.addEventListener('click', () => onChange(button.getAttribute('aria-pressed') !== 'true'));
  return h('span', { class: 'segmented toggle' }, button);
};
