/**
 * Where things are. Optional parts of an address are always said, if only as undefined: the router would carry over
 * those of the page one comes from.
 */
export const entityPlace = (blueprint: string, entity: string, tab?: string) =>
  ({ to: '/e/$blueprint/$entity/{-$tab}', params: { blueprint, entity, tab } }) as const;

/** The data model, with one blueprint open or none. */
export const modelPlace = (blueprint?: string) =>
  ({ to: '/build/model/{-$blueprint}', params: { blueprint } }) as const;
