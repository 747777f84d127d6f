// A classic script, so that a page never shows the other theme first.
try {
  const theme = localStorage.getItem('yardmaster-theme');
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // Storage may be forbidden; the page then has the system's theme.
}
