import { RE2JS } from 're2js';

/**
 * A test for paths by a pattern of `*`, `?`, `**` and `{a,b}`; as in a shell, wildcards pass over names that begin with
 * a dot. Patterns come from files of strangers, so they run in linear time.
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  if (pattern.length > 1000) return () => false;
  const compiled = RE2JS.compile(translate(pattern));
  return (path) => compiled.matches(path);
}

const tokens = /\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[^*?{]+|\{/g;

function translate(pattern: string): string {
  let atStart = true;
  const translated = (pattern.match(tokens) ?? []).map((token) => {
    const visible = atStart ? '[^/.]' : '[^/]';
    atStart = token.endsWith('/');
    switch (token) {
      case '**/':
        return '(?:[^/.][^/]*/)*';
      case '**':
        return '(?:[^/.][^/]*(?:/[^/.][^/]*)*)?';
      case '*':
        return `(?:${visible}[^/]*)?`;
      case '?':
        return visible;
      default:
        return alternatives(token);
    }
  });
  return translated.join('');
}

function alternatives(token: string): string {
  if (!token.startsWith('{') || !token.endsWith('}')) return RE2JS.quote(token);
  const choices = token.slice(1, -1).split(',');
  return `(?:${choices.map((choice) => RE2JS.quote(choice)).join('|')})`;
}
