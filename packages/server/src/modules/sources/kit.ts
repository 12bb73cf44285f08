import type { Logger } from 'pino';
import type { Outbound } from '../../outbound/index.ts';
import type { EntityKit } from '../entities/index.ts';
import type { SourceTurns } from './source-turns.ts';

/** What the commands of this module work with. */
export interface SourceKit {
  readonly entities: EntityKit;
  readonly outbound: Outbound;
  readonly turns: SourceTurns;
  readonly log: Logger;
  /** `ask`: entities whose file vanished wait for somebody to confirm. `trash`: they go at once. */
  readonly missingEntities: 'ask' | 'trash';
  /** How often locations are read again. */
  readonly refreshMinutes: number;
}
