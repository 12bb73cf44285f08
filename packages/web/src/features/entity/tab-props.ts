import type { Entity, Provenance } from '../../data/entities.ts';
import type { ModelBlueprint } from '../../data/model.ts';

/** What each tab of an entity's page is given. */
export interface TabProps {
  entity: Entity;
  blueprint: ModelBlueprint;
  provenance: Provenance | undefined;
}
