/** What the dependency explorer shows, as its URL says it. */
export interface GraphState {
  root?: EntityKey | undefined;
  depth: number;
  direction: Direction;
  /** Blueprints left out. Their identifiers hold no comma. */
  hide: readonly string[];
  view: 'canvas' | 'list';
  /** Every relation is drawn, not only one way to each node. */
  lines: boolean;
  /** The node whose details are open. */
  focus?: EntityKey | undefined;
}

export interface EntityKey {
  blueprint: string;
  identifier: string;
}

export const directions = ['both', 'out', 'in'] as const;
export type Direction = (typeof directions)[number];
export const MAX_DEPTH = 5;
/** One step is readable everywhere; in a lively catalog two already reach most of it. */
export const DEFAULT_DEPTH = 1;

/** The URL's side of it: short, optional, and only what differs from the defaults. */
export interface GraphSearch {
  root?: string;
  depth?: number;
  direction?: Direction;
  hide?: string;
  view?: 'list';
  lines?: 'all';
  focus?: string;
}

const escapeSlashes = (blueprint: string) => blueprint.replaceAll('%', '%25').replaceAll('/', '%2F');
const restoreSlashes = (blueprint: string) => blueprint.replaceAll('%2F', '/').replaceAll('%25', '%');

/** `service/checkout`; a slash inside the blueprint's name is escaped, the identifier is kept as it is. */
export function formatKey({ blueprint, identifier }: EntityKey): string {
  return `${escapeSlashes(blueprint)}/${identifier}`;
}

export function parseKey(text: string): EntityKey | undefined {
  const slash = text.indexOf('/');
  if (slash < 1 || slash === text.length - 1) return undefined;
  return { blueprint: restoreSlashes(text.slice(0, slash)), identifier: text.slice(slash + 1) };
}

function keyFrom(value: unknown): EntityKey | undefined {
  return typeof value === 'string' ? parseKey(value) : undefined;
}

/** Reads a URL leniently: what makes no sense falls back to its default. */
export function parseGraphSearch(search: Record<string, unknown>): GraphState {
  const root = keyFrom(search.root);
  const focus = keyFrom(search.focus);
  const depth = Math.round(Number(search.depth));
  const direction = directions.find((name) => name === search.direction) ?? 'both';
  const hide = typeof search.hide === 'string' ? search.hide.split(',').filter((name) => name !== '') : [];
  return {
    ...(root ? { root } : {}),
    depth: depth >= 1 && depth <= MAX_DEPTH ? depth : DEFAULT_DEPTH,
    direction,
    hide,
    view: search.view === 'list' ? 'list' : 'canvas',
    lines: search.lines === 'all',
    ...(focus ? { focus } : {}),
  };
}

/** The URL of the explorer around an entity, everything else as it comes. */
export function exploreFrom(root: EntityKey, direction: Direction = 'both'): GraphSearch {
  return formatGraphSearch({ ...parseGraphSearch({}), root, direction });
}

export function formatGraphSearch(state: GraphState): GraphSearch {
  return {
    ...(state.root ? { root: formatKey(state.root) } : {}),
    ...(state.depth === DEFAULT_DEPTH ? {} : { depth: state.depth }),
    ...(state.direction === 'both' ? {} : { direction: state.direction }),
    ...(state.hide.length > 0 ? { hide: state.hide.join(',') } : {}),
    ...(state.view === 'list' ? { view: 'list' as const } : {}),
    ...(state.lines ? { lines: 'all' as const } : {}),
    ...(state.focus ? { focus: formatKey(state.focus) } : {}),
  };
}
