/** A page as it is asked for: `POST /v1/blueprints/{blueprint}/entities/search`. */
export interface PageRequest {
  readonly blueprint: string;
  readonly body: { readonly query: unknown; readonly sort: unknown; readonly limit: number };
}

const both = (...pairs: readonly (readonly [string, string])[]) => ({
  combinator: 'and',
  rules: pairs.map(([property, value]) => ({ property, operator: '=', value })),
});

const page = (query: unknown, property: string, order: 'asc' | 'desc'): PageRequest => ({
  blueprint: 'service',
  body: { query, sort: [{ property, order }], limit: 50 },
});

/** What somebody looks at who opens the catalog: many match. */
export const usualPage = page(both(['lifecycle', 'production'], ['tier', 'tier-1']), '$title', 'asc');

/** Pages that take other ways through the database: ordered by a property, and of very few among many. */
export const otherPages: readonly PageRequest[] = [
  page(both(['language', 'go'], ['tier', 'tier-2']), 'coverage', 'desc'),
  page(both(['language', 'rust'], ['type', 'documentation']), '$updatedAt', 'desc'),
];
