/** The table of contents, which marks the section that is being read; on narrow screens it is a chooser. */
import { h } from './dom.js';
import { text } from './texts.js';

export interface Section {
  readonly id: string;
  readonly name: string;
  readonly element: HTMLElement;
}

export const renderContents = (sections: readonly Section[]): HTMLElement => {
  const links = new Map(sections.map(({ id, name, element }) => [element as Element, h('a', { href: `#${id}` }, name)]));
  const chooser = h('select', { 'aria-label': text('charts.section') }, ...sections.map(({ id, name }) => h('option', { value: id }, name)));
  chooser.addEventListener('change', () => {
    location.hash = chooser.value;
  });
  const observer = new IntersectionObserver(
    (entries) => {
      const entered = entries.findLast(({ isIntersecting }) => isIntersecting);
      if (!entered) return;
      for (const [element, link] of links) {
        if (element === entered.target) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
      chooser.value = entered.target.id;
    },
    // A section is read when it is below the bar, in the upper third of the screen.
    { rootMargin: '-15% 0px -65% 0px' },
  );
  for (const { element } of sections) observer.observe(element);
  const items = [...links.values()].map((link) => h('li', {}, link));
  return h('nav', { class: 'contents', 'aria-label': text('charts.sections') }, h('ul', {}, ...items), chooser);
};
