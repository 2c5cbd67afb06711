/** A button that puts a text into the clipboard, or shows it where the browser does not let it. */
import { h } from './dom.js';
import { text } from './texts.js';

const shown = 1_500;

export const copyButton = (short: string, name: string, content: () => string): HTMLElement => {
  const button = h('button', { type: 'button', class: 'link', 'aria-label': name }, short);
  const status = h('span', { class: 'visually-hidden', role: 'status' });
  const box = h('span', { class: 'copy' }, button, status);
  const copied = (): void => {
    button.textContent = status.textContent = text('charts.copied');
    setTimeout(() => {
      button.textContent = short;
      status.textContent = '';
    }, shown);
  };
  // Only https and localhost have a clipboard.
  const show = (): void => {
    const field = h('input', { type: 'text', readonly: true, 'aria-label': name, value: content() });
    field.addEventListener('blur', () => field.remove());
    box.append(field);
    field.focus();
    field.select();
  };
  button.addEventListener('click', () => {
    if (navigator.clipboard) navigator.clipboard.writeText(content()).then(copied, show);
    else show();
  });
  return box;
};
