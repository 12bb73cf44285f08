import type { Entity, RelatedGroup } from '../../../data/entities.ts';

/** A box of the small graph: the entity itself, one neighbour, or all neighbours of one relation as a number. */
export type NeighbourBox = { id: string; blueprint: string; icon?: string | null | undefined } & (
  | { kind: 'self'; title: string }
  | { kind: 'entity'; title: string; identifier: string; dangling: boolean }
  | { kind: 'group'; group: RelatedGroup }
);

export interface NeighbourLink {
  id: string;
  source: string;
  target: string;
  label: string;
  labelAt: 'source' | 'target';
}

export const SELF = 'self';
/** Groups up to this size show their entities, larger ones are one box, so that the drawing is complete and readable. */
const SINGLY = 2;

/** Names a group: direction, relation and blueprint, as the Relations tab does in its URL. */
export function groupKey({
  direction,
  relation,
  blueprint,
}: Omit<RelatedGroup, 'entities' | 'count' | 'title'>): string {
  return `${direction}.${relation}.${blueprint}`;
}

function boxesOf(group: RelatedGroup): NeighbourBox[] {
  if (group.count > SINGLY || group.entities.length < group.count) {
    return [{ id: groupKey(group), kind: 'group', blueprint: group.blueprint, group }];
  }
  return group.entities.map((entity) => ({
    ...entity,
    id: `${groupKey(group)} ${entity.identifier}`,
    kind: 'entity',
  }));
}

/** What is one hop away as boxes and lines around the entity; `direction` leaves one side out. */
export function neighbourBoxes(
  entity: Pick<Entity, 'blueprint' | 'title' | 'icon'>,
  groups: readonly RelatedGroup[],
  direction: 'both' | 'out' | 'in',
): { boxes: NeighbourBox[]; links: NeighbourLink[] } {
  const { blueprint, title, icon } = entity;
  const wanted = groups.filter((group) => direction === 'both' || group.direction === direction);
  const placed = wanted.flatMap((group) => boxesOf(group).map((box) => ({ group, box })));
  return {
    boxes: [{ id: SELF, kind: 'self', blueprint, title, icon }, ...placed.map(({ box }) => box)],
    links: placed.map(({ group, box: { id } }) => ({
      id: `line ${id}`,
      label: group.title,
      ...(group.direction === 'out'
        ? { source: SELF, target: id, labelAt: 'target' as const }
        : { source: id, target: SELF, labelAt: 'source' as const }),
    })),
  };
}
