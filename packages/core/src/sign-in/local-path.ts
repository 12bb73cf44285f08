const NOWHERE = 'http://gantry.invalid';

/**
 * A path of ours to go on to, as it was asked for; `/` for anything that could lead elsewhere: other sites (`//evil`,
 * `/\evil`, `https:…`), scripts, and what browsers would read differently than we do.
 */
export function localPath(wanted: string | undefined): string {
  // Browsers drop tabs and line ends from addresses, and take a backslash for a slash.
  if (!wanted?.startsWith('/') || /[\p{Cc}\\]/u.test(wanted)) return '/';
  const url = URL.parse(wanted, NOWHERE);
  return url?.origin === NOWHERE && !url.pathname.startsWith('//') ? wanted : '/';
}
