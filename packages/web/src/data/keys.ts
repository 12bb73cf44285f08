/**
 * The names of everything cached from the server. A key is a path: refreshing `entities(service)` refreshes every page,
 * count and summary below it. Who changes what is answered by `live.ts` and `writes.ts`, in these words only.
 */
export const keys = {
  session: ['session'],
  model: ['model'],
  blueprint: (blueprint: string) => ['blueprint', blueprint],
  /** Pages, counts and summaries of one blueprint. */
  entities: (blueprint: string) => ['entities', blueprint],
  entityPage: (blueprint: string, view: unknown, page: number) => ['entities', blueprint, 'page', view, page],
  aggregate: (blueprint: string, question: unknown) => ['entities', blueprint, 'aggregate', question],
  /** One entity with its history and origins. */
  entity: (blueprint: string, entity: string) => ['entity', blueprint, entity],
  changes: (blueprint: string, entity: string) => ['entity', blueprint, entity, 'changes'],
  provenance: (blueprint: string, entity: string) => ['entity', blueprint, entity, 'provenance'],
  entitiesOf: (blueprint: string) => ['entity', blueprint],
  /** Neighbours: a root of their own, because a write to either end changes them. */
  neighbours: ['related'],
  related: (blueprint: string, entity: string) => ['related', blueprint, entity],
  graphs: ['graph'],
  graph: (question: unknown) => ['graph', question],
  searches: ['search'],
  search: (question: unknown) => ['search', question],
  unowned: ['unowned'],
  trash: ['trash'],
  trashOf: (question: unknown) => ['trash', question],
  imports: ['imports'],
  locations: ['locations'],
  demo: ['demo'],
  secrets: ['secrets'],
  auditOf: (question: unknown) => ['audit', question],
  providers: ['providers'],
  signInRefusal: (reference: string) => ['sign-in-refusal', reference],
  signInSettings: ['sign-in-settings'],
  signInAttempts: (provider: string) => ['sign-in-settings', provider, 'attempts'],
  preference: (key: string) => ['preference', key],
} as const satisfies Record<string, readonly unknown[] | ((...parts: never[]) => readonly unknown[])>;
