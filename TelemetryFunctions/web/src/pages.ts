/**
 * What pages that are made on the server gain where scripts run: the choice of colours, numbers and times as the visitor writes them, and
 * bars that can be read.
 */
import { readBars } from './bars.js';
import { keepView, locale } from './texts.js';
import { renderThemeSwitch } from './theme.js';

const whole = new Intl.NumberFormat(locale);
const minute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

for (const element of document.querySelectorAll('data')) element.textContent = whole.format(Number(element.value));
for (const element of document.querySelectorAll('time')) {
  if (element.dateTime.includes('T')) element.textContent = `${minute.format(new Date(element.dateTime))} UTC`;
}
for (const element of document.querySelectorAll<HTMLElement>('.bars')) readBars(element);
document.querySelector('.site')?.append(renderThemeSwitch(() => undefined));
keepView();
