/** The words of the page of data sources. */
export const messages = {
  title: 'Data sources',
  text: 'Where the catalog comes from: addresses that are read again on schedule, and files that somebody brought.',
  add: 'Register a URL',
  addTitle: 'Register a URL',
  addText: 'A catalog file or a Git repository. It is read now, and again on schedule.',
  address: 'Address',
  addressExample: 'https://github.com/acme/shop/blob/main/catalog-info.yaml',
  addAction: 'Register',
  cancel: 'Cancel',
  added: 'Registered; it is being read now.',

  sources: 'Sources',
  none: 'No sources yet',
  noneText: 'Register the address of a catalog file or repository, or bring files from your machine:',
  importCommand: 'npx gantry import <folder>',
  copyCommand: 'Copy command',
  kinds: { location: 'Read on schedule', files: 'Imported files' },
  states: {
    ok: 'Good',
    problems: 'Read, with problems',
    failed: 'Failed',
    running: 'Reading now',
    waiting: 'Waiting for its first reading',
  },
  entities: (count: number) => (count === 1 ? '1 entity' : `${count} entities`),
  stale: (count: number) => `${count} stale`,
  problems: (count: number) => (count === 1 ? '1 problem' : `${count} problems`),
  lastRead: 'Last read',
  neverRead: 'Not read yet',
  lastReport: (created: number, updated: number, unchanged: number) =>
    `${created} created, ${updated} updated, ${unchanged} unchanged`,
  refresh: 'Read again now',
  refreshing: 'It is being read again.',
  again: 'Import it again from the machine that has the files to bring it up to date.',
  more: (target: string) => `More for ${target}`,
  remove: 'Remove…',
  removeTitle: 'Remove this source',
  removeText: (count: number) =>
    count === 0
      ? 'It has no entities.'
      : `Its ${count === 1 ? 'entity stays' : `${count} entities stay`} in the catalog and ${count === 1 ? 'is' : 'are'} no longer kept up to date.`,
  removeEntities: (count: number) =>
    `Move ${count === 1 ? 'its entity' : `its ${count} entities`} to the trash as well`,
  removeAction: 'Remove',
  removed: 'Removed.',

  missing: (count: number) =>
    count === 1 ? '1 entity is no longer in this source.' : `${count} entities are no longer in this source.`,
  reviewMissing: 'Review…',
  missingTitle: 'No longer in the source',
  missingText: 'They are marked stale and stay until you confirm that they are gone. The trash keeps them for 30 days.',
  confirmMissing: 'Move to trash',
  trashed: (count: number) => (count === 1 ? '1 entity is in the trash.' : `${count} entities are in the trash.`),
  andMore: (count: number) => `and ${count} more`,

  problemsTitle: 'Problems',
  problemsText: 'Documents that were not taken, and why. What the catalog knew of them before stays.',
  noProblems: 'Every document was taken.',
  filter: 'Filter problems',
  allSources: 'All sources',
  sourceFilter: 'Source',
  shown: (shown: number, all: number) => (shown === all ? `${all}` : `${shown} of ${all}`),
  noneMatches: 'No problem matches.',
  clear: 'Clear filter',
  columns: { file: 'File', place: 'Place', reason: 'What is wrong', source: 'Source' },

  demo: 'Demo organization',
  demoText:
    'A made-up company with services, teams, clusters and incidents, to look around in. Every screen has something to show.',
  demoLoaded: (count: number) => `${count} entities of it are in the catalog.`,
  loadDemo: 'Load the demo organization',
  removeDemo: 'Remove the demo organization',
  demoLoadedNow: 'The demo organization is loaded.',
  demoRemoved: 'The demo organization is removed.',
  demoKept: (count: number) =>
    `The demo organization is removed; ${count === 1 ? '1 entity stays, because it was changed or is needed' : `${count} entities stay, because they were changed or are needed`}.`,
} as const;
