/** The token in a pasted link, or the text itself when it looks like one. */
export function tokenIn(text: string): string | undefined {
  const trimmed = text.trim();
  const inLink = /[?&]token=([^&\s]+)/.exec(trimmed)?.[1];
  if (inLink) return decodeURIComponent(inLink);
  return /^[\w.~-]{8,}$/.test(trimmed) ? trimmed : undefined;
}
