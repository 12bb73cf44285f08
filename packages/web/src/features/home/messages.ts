const number = new Intl.NumberFormat();

/** The words of the home page. */
export const messages = {
  title: 'Home',
  greeting: (name: string) => `Hello, ${name}`,
  recent: 'Recently updated',
  recentEmptyShort: 'Changes appear here as they happen.',
  unowned: 'Without an owner',
  unownedNone: 'Every entity has an owner.',
  stale: 'Stale',
  staleOf: (count: number) => `${number.format(count)} stale`,
  catalog: 'In the catalog',
  openCatalog: 'Open the catalog',
  entities: (count: number) => number.format(count),
  blueprints: 'Kinds',
  total: 'Entities',
} as const;
