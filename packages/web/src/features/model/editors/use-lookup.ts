import { useModel } from '../../../data/model.ts';
import { type Draft, draftOf } from '../draft/draft.ts';
import type { Lookup } from '../draft/mirror-path.ts';

/** Any blueprint's document by identifier, the edited one as it stands in the editor. */
export function useLookup(draft: Draft): Lookup {
  const blueprints = useModel().data ?? [];
  return (identifier) => {
    if (identifier === draft.identifier) return draft;
    const found = blueprints.find((blueprint) => blueprint.identifier === identifier);
    return found && draftOf(found);
  };
}
