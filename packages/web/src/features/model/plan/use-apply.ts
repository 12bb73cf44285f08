import { createBlueprint, getBlueprint, putBlueprint } from '@gantry/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../data/client.ts';
import { keys } from '../../../data/keys.ts';
import { showToast } from '../../../ui/toast.tsx';
import { messages } from '../messages.ts';
import type { Edit } from '../use-drafts.ts';

/** Carries out an edit whose plan was seen. It is refused when the blueprint moved on since the edit began. */
export function useApply({ base, baseAt, draft }: Edit, onApplied: (identifier: string) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      if (!base) return api.call(createBlueprint, { query: {}, body: draft });
      const params = { blueprint: base.identifier };
      const { blueprint: now } = await api.call(getBlueprint, { params, query: {} });
      if (baseAt !== undefined && now.updatedAt !== baseAt) throw new Error(messages.baseMoved);
      return api.call(putBlueprint, { params, body: draft });
    },
    onSuccess: async ({ blueprint }) => {
      const { identifier, title } = blueprint;
      const stale = [keys.model, keys.entities(identifier), keys.entitiesOf(identifier), keys.graphs];
      await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
      const name = title || identifier;
      showToast({ message: base ? messages.applied(name) : messages.createdBlueprint(name) });
      onApplied(identifier);
    },
  });
}
