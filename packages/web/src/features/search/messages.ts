/** The words of the search page. */
export const messages = {
  title: 'Search',
  label: 'Search everything',
  placeholder: 'Title, identifier or text',
  kind: 'Kind',
  anyKind: 'Any kind',
  start: 'Find anything in the catalog by its title, identifier or text. One wrong letter is forgiven.',
  noneTitle: (words: string) => `Nothing found for “${words}”`,
  noneText: 'Try fewer or other words, or search in all kinds.',
  results: (count: number) => `${count} result${count === 1 ? '' : 's'}`,
  most: (count: number) => `The best ${count}`,
  widen: 'Search in all kinds',
} as const;
