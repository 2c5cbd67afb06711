/** Light or dark: the system's, or what the reader chose, which stays in this browser (see early.ts). */
import { segmented } from './dom.js';
import { themeOf, type Theme } from './palette.js';
import { text } from './texts.js';

type ThemeChoice = 'system' | 'light' | 'dark';

const icons = {
  system: 'M2 3h12v8H2zM6 14h4M8 11v3',
  light: 'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6M8 1v1M8 14v1M1 8h1M14 8h1M3 3l.7.7M12.3 12.3l.7.7M13 3l-.7.7M3.7 12.3 3 13',
  dark: 'M13.5 9.5A5.8 5.8 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7z',
} as const;

const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const root = document.documentElement;

const readChoice = (): ThemeChoice => {
  const { theme } = root.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
};

const writeChoice = (choice: ThemeChoice): void => {
  if (choice === 'system') delete root.dataset.theme;
  else root.dataset.theme = choice;
  try {
    if (choice === 'system') localStorage.removeItem('theme');
    else localStorage.setItem('theme', choice);
  } catch {
    // Storage is refused: the choice lasts as long as the page.
  }
};

let isPaper = false;

/** Paper is light, whatever the screen is. */
export const setPaper = (paper: boolean): void => {
  isPaper = paper;
};

export const readTheme = (): Theme => {
  const choice = isPaper ? 'light' : readChoice();
  return themeOf(choice === 'system' ? darkSystem.matches : choice === 'dark');
};

export const renderThemeSwitch = (onChange: () => void): HTMLElement => {
  darkSystem.addEventListener('change', onChange);
  const options = [
    { value: 'system', text: text('shared.likeTheSystem'), icon: icons.system },
    { value: 'light', text: text('shared.light'), icon: icons.light },
    { value: 'dark', text: text('shared.dark'), icon: icons.dark },
  ] as const;
  return segmented<ThemeChoice>(text('shared.colours'), options, readChoice(), (choice) => {
    writeChoice(choice);
    onChange();
  });
};
