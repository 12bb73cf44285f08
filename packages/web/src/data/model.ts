import type { Answer } from '@gantry/contract';
import { getModel } from '@gantry/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from './client.ts';
import { keys } from './keys.ts';

/** A blueprint with its number of entities, as the model answers it: sidebar, palette and forms read this one list. */
export type ModelBlueprint = Answer<typeof getModel>['blueprints'][number];

export const modelQuery = queryOptions({
  queryKey: keys.model,
  queryFn: async ({ signal }) => (await api.call(getModel, { signal })).blueprints,
});

/** Every blueprint, sorted by title. */
export function useModel() {
  return useQuery({ ...modelQuery, select: byTitle });
}

/** One blueprint out of the model; undefined while loading and when there is none of that name. */
export function useBlueprint(identifier: string): ModelBlueprint | undefined {
  return useModel().data?.find((blueprint) => blueprint.identifier === identifier);
}

export function titleOf(blueprint: { identifier: string; title?: string | null | undefined }): string {
  return blueprint.title || blueprint.identifier;
}

function byTitle(blueprints: ModelBlueprint[]): ModelBlueprint[] {
  return [...blueprints].sort((one, other) => titleOf(one).localeCompare(titleOf(other)));
}
