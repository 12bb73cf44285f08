import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type Entity, type RelatedGroup, relatedQuery } from '../../../data/entities.ts';
import type { ModelBlueprint } from '../../../data/model.ts';
import { GraphCanvas } from '../../../ui/graph/graph-canvas.tsx';
import { layOutTree } from '../../../ui/graph/tree-layout.ts';
import { hueOfName } from '../../../ui/hue.ts';
import { Skeleton } from '../../../ui/states.tsx';
import { Segmented } from '../../../ui/toggles.tsx';
import { useNarrow } from '../../../ui/use-narrow.ts';
import { EntityIcon } from '../../blueprints/entity-icon.tsx';
import { entityPlace } from '../../blueprints/places.ts';
import { useBlueprintLooks } from '../../blueprints/use-blueprint-looks.ts';
import { type Direction, directions, exploreFrom } from '../../graph/graph-state.ts';
import styles from '../entity.module.css';
import { messages } from '../messages.ts';
import { GroupLink } from '../relations/group-link.tsx';
import { groupKey, type NeighbourBox, neighbourBoxes, SELF } from './neighbour-boxes.ts';

const BOX = { width: 192, height: 36 } as const;

/** What is one hop away, as a small graph that always fits; each box leads on. */
export default function Neighbourhood({ entity, blueprint }: { entity: Entity; blueprint: ModelBlueprint }) {
  const [direction, setDirection] = useState<Direction>('both');
  const { data: groups } = useQuery(relatedQuery(blueprint.identifier, entity.identifier, 3));
  const isNarrow = useNarrow();
  const root = { blueprint: blueprint.identifier, identifier: entity.identifier };
  return (
    <section className={styles.card} aria-labelledby="neighbourhood">
      <div className={styles.cardHead}>
        <h2 id="neighbourhood" className={styles.sectionTitle}>
          {messages.neighbourhood}
        </h2>
        <Segmented
          label={messages.direction}
          value={direction}
          onChange={setDirection}
          options={directions.map((value) => ({ value, label: messages.directions[value] }))}
        />
        <Link to="/graph" search={exploreFrom(root, direction)} className={styles.textLink}>
          {messages.openExplorer}
        </Link>
      </div>
      {!groups && <Skeleton lines={6} />}
      {groups?.length === 0 && <p className={styles.quiet}>{messages.noNeighbours}</p>}
      {groups && groups.length > 0 && !isNarrow && (
        <SmallGraph entity={entity} {...neighbourBoxes(entity, groups, direction)} />
      )}
      {groups && groups.length > 0 && isNarrow && (
        <GroupList
          entity={entity}
          groups={groups.filter((group) => direction === 'both' || group.direction === direction)}
        />
      )}
    </section>
  );
}

/** The same where a drawing has no room: every relation with its direction and count. */
function GroupList({ entity, groups }: { entity: Entity; groups: readonly RelatedGroup[] }) {
  return (
    <ul>
      {groups.map((group) => (
        <li key={groupKey(group)}>
          <GroupLink entity={entity} group={group} />
        </li>
      ))}
    </ul>
  );
}

function SmallGraph({ entity, boxes, links }: { entity: Entity } & ReturnType<typeof neighbourBoxes>) {
  const navigate = useNavigate();
  const lookOf = useBlueprintLooks();
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const open = (box: NeighbourBox | undefined) => {
    if (box?.kind === 'entity' && !box.dangling) {
      void navigate(entityPlace(box.blueprint, box.identifier));
    } else if (box?.kind === 'group') {
      const place = entityPlace(entity.blueprint, entity.identifier, 'relations');
      void navigate({ ...place, search: { relation: groupKey(box.group) } });
    }
  };
  const drawn = boxes.map((box) => ({
    ...BOX,
    id: box.id,
    name: nameOf(box, lookOf(box.blueprint).title),
    hue: hueOfName(box.blueprint),
  }));
  return (
    <div className={styles.smallGraph} style={{ height: graphHeight(boxes) }}>
      <GraphCanvas
        label={messages.neighbourhood}
        boxes={drawn}
        layout={layOutTree(SELF, drawn, links)}
        links={links}
        still
        onSelect={(id) => open(id === undefined ? undefined : byId.get(id))}
        drawBox={(id) => {
          const box = byId.get(id);
          return box && <Box box={box} kind={lookOf(box.blueprint).title} />;
        }}
      />
    </div>
  );
}

/** As tall as its taller side needs, within reason; beyond that the drawing is scaled down. */
function graphHeight(boxes: readonly NeighbourBox[]): number {
  const incoming = boxes.filter(({ id }) => id.startsWith('in.')).length;
  const outgoing = boxes.filter(({ id }) => id.startsWith('out.')).length;
  return Math.min(480, Math.max(incoming, outgoing, 2) * (BOX.height + 12) + 48);
}

function nameOf(box: NeighbourBox, kind: string): string {
  if (box.kind === 'group') return messages.groupName(box.group.title, kind, box.group.count);
  return `${box.title}, ${kind}`;
}

function Box({ box, kind }: { box: NeighbourBox; kind: string }) {
  return (
    <span
      className={styles.neighbour}
      data-kind={box.kind}
      data-dangling={(box.kind === 'entity' && box.dangling) || undefined}
    >
      <EntityIcon blueprint={box.blueprint} icon={box.icon} />
      <span className={styles.groupTitle}>{box.kind === 'group' ? kind : box.title}</span>
      {box.kind === 'group' && <span className={styles.count}>{box.group.count}</span>}
    </span>
  );
}
