import type { EntityKeeper } from '../blueprints/index.ts';
import type { EntityKit } from '../entities/index.ts';
import type { SourceTurns } from '../sources/index.ts';

/** What the commands of this module work with. */
export interface DemoKit {
  readonly entities: EntityKit;
  readonly keeper: EntityKeeper;
  readonly turns: SourceTurns;
}

/** The demo organization as a source of entities, and as their origin. */
export const demoSource = { kind: 'demo', key: 'demo' } as const;
export const demoOrigin = { kind: 'demo', key: 'demo', label: 'Demo organization' } as const;

/** The demo organization as the audit log names it. */
export const demoResource = { type: 'source', identifier: demoSource.key } as const;
