// Runs before the first paint, so that a page never flashes in the wrong theme. A file of its own because the
// content-security policy allows no inline script. `src/shell/theme.ts` writes what is read here.
(() => {
  let choice = 'system';
  try {
    choice = localStorage.getItem('gantry.theme') ?? 'system';
  } catch {
    // Storage can be switched off; the system's theme is then the answer.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const root = document.documentElement;
  root.dataset.theme = dark ? 'dark' : 'light';
  root.dataset.mantineColorScheme = root.dataset.theme;
})();
