import type { Fact } from '@gantry/core';

/** One fact for each blueprint, naming all its entities that this happened to. */
export function factsAbout(
  kind: Fact['kind'],
  entities: readonly { readonly blueprint: string; readonly identifier: string }[],
  detail: Readonly<Record<string, unknown>> = {},
): Fact[] {
  const groups = Map.groupBy(entities, ({ blueprint }) => blueprint);
  return [...groups].map(([blueprint, members]) => ({
    ...{ kind, blueprint },
    entities: members.map(({ identifier }) => identifier),
    ...(Object.keys(detail).length > 0 ? { detail } : {}),
  }));
}
