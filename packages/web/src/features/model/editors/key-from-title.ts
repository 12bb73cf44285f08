/** "Open bugs (P1)" becomes `open_bugs_p1`: a key out of a title, in the letters keys may have. */
export function keyFromTitle(title: string): string {
  return title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 100);
}
