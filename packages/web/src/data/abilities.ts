import { type Answer, getAbilities } from '@gantry/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from './client.ts';
import { keys } from './keys.ts';

type Abilities = Answer<typeof getAbilities>['abilities'];

const abilitiesQuery = (blueprint: string, entity?: string) =>
  queryOptions({
    queryKey: entity === undefined ? keys.abilities(blueprint) : keys.abilitiesOn(blueprint, entity),
    queryFn: async ({ signal }): Promise<Abilities> => {
      const query = entity === undefined ? {} : { entity: [entity] };
      return (await api.call(getAbilities, { params: { blueprint }, query, signal })).abilities;
    },
  });

/** Whether the server says that this person may: nothing is offered before it has said so (`known`). */
export interface MayOnBlueprint {
  readonly known: boolean;
  readonly register: boolean;
  /** The whole blueprint is theirs to look after, and so is whatever is in it. */
  readonly moderate: boolean;
}

export function useMayOnBlueprint(blueprint: string): MayOnBlueprint {
  const { data } = useQuery(abilitiesQuery(blueprint));
  const register = data !== undefined && data.register !== 'never';
  return { known: data !== undefined, register, moderate: data?.blueprint ?? false };
}

export interface MayOnEntity {
  readonly known: boolean;
  readonly update: boolean;
  readonly unregister: boolean;
}

/** The same about one entity; about none while it is not known which. */
export function useMayOnEntity(blueprint: string, entity: string | undefined): MayOnEntity {
  const { data } = useQuery({ ...abilitiesQuery(blueprint, entity), enabled: entity !== undefined });
  const found = data?.entities.find(({ identifier }) => identifier === entity);
  if (!found) return { known: data !== undefined, update: false, unregister: false };
  return { known: true, update: found.properties.length + found.relations.length > 0, unregister: found.unregister };
}
