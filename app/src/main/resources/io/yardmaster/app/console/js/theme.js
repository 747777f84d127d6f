const KEY = 'yardmaster-theme';
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : systemIsDark.matches;
}

/** Lets a button switch the theme. A choice that equals the system's theme is forgotten, so that the page follows the system again. */
export function themeButton(button, changed) {
  const label = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', isDark() ? 'Light theme' : 'Dark theme');
  };
  button.addEventListener('click', () => {
    choose(isDark() ? 'light' : 'dark');
    label();
    changed();
  });
  systemIsDark.addEventListener('change', () => {
    label();
    changed();
  });
  label();
}

function choose(theme) {
  const root = document.documentElement;
  const isSystems = (theme === 'dark') === systemIsDark.matches;
  try {
    if (isSystems) {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, theme);
    }
  } catch {
    // Storage may be forbidden; the choice then holds until the page is left.
  }
  if (isSystems) {
    delete root.dataset.theme;
  } else {
    root.dataset.theme = theme;
  }
}
