type Child = Node | string | null | undefined | false;
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

/** A row of buttons of which one is pressed. */
export const segmented = <T extends string>(
  name: string,
  options: readonly (readonly [value: T, text: string, title?: string])[],
  initial: T,
  onChange: (value: T) => void,
): HTMLElement => {
  const buttons = options.map(([value, text, title]) => {
    const button = h('button', { type: 'button', 'aria-pressed': String(value === initial), title }, text);
    button.addEventListener('click', () => {
      for (const other of buttons) other.setAttribute('aria-pressed', String(other === button));
      onChange(value);
    });
    return button;
  });
  return h('div', { class: 'segmented', role: 'group', 'aria-label': name }, ...buttons);
};
