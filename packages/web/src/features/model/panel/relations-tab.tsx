import { renameRelation } from '@gantry/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../data/client.ts';
import { useModel } from '../../../data/model.ts';
import { Button } from '../../../ui/button.tsx';
import { StatusChip } from '../../../ui/chip.tsx';
import { IconPlus } from '../../../ui/icons.ts';
import { EntityIcon } from '../../blueprints/entity-icon.tsx';
import { modelPlace } from '../../blueprints/places.ts';
import { titleFromKey } from '../../blueprints/title-from-key.ts';
import { useBlueprintLooks } from '../../blueprints/use-blueprint-looks.ts';
import {
  definitionAt,
  moveDefinition,
  putDefinition,
  removeDefinition,
  renameDefinition,
  roomOf,
} from '../draft/draft.ts';
import { isBuiltIn } from '../draft/system-parts.ts';
import { RelationDialog } from '../editors/relation-dialog.tsx';
import { RenameDialog } from '../editors/rename-dialog.tsx';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import { dependents } from '../model-map.ts';
import { DefinitionList } from './definition-list.tsx';
import type { PanelTabProps } from './panel-tab-props.ts';

export default function RelationsTab({ draft, base, structure, mayWrite, onChange, onRenamed }: PanelTabProps) {
  const [editing, setEditing] = useState<string | true>();
  const [renaming, setRenaming] = useState<string>();
  const lookOf = useBlueprintLooks();
  const rows = Object.entries(roomOf(draft, 'relations')).map(([key, relation]) => ({
    key,
    title: relation.title || titleFromKey(key),
    icon: <EntityIcon blueprint={relation.target} />,
    summary: (
      <>
        → {lookOf(relation.target).title}, {relation.many ? messages.many : messages.one}
        {relation.required && <StatusChip tone="info">{messages.required}</StatusChip>}
      </>
    ),
    builtIn: isBuiltIn(structure, 'relations', key),
  }));
  return (
    <div className={styles.section}>
      {rows.length === 0 && <p className={styles.quiet}>{messages.noOwnRelations}</p>}
      <DefinitionList
        label={messages.tabs.relations}
        rows={rows}
        mayWrite={mayWrite}
        onEdit={setEditing}
        onRename={setRenaming}
        onRemove={(key) => onChange(removeDefinition(draft, 'relations', key))}
        onMove={(key, by) => onChange(moveDefinition(draft, 'relations', key, by))}
      />
      {mayWrite && (
        <Button icon={<IconPlus size={16} />} onClick={() => setEditing(true)}>
          {messages.addRelation}
        </Button>
      )}
      {base && <Incoming identifier={base.identifier} />}
      {editing !== undefined && (
        <RelationDialog
          draft={draft}
          editKey={editing === true ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onSave={(key, relation) => {
            onChange(putDefinition(draft, 'relations', key, relation));
            setEditing(undefined);
          }}
        />
      )}
      {renaming !== undefined && (
        <RenameDialog
          draft={draft}
          room="relations"
          from={renaming}
          saved={base !== undefined && definitionAt(base, 'relations', renaming) !== undefined}
          rename={(blueprint, to) =>
            api.call(renameRelation, { params: { blueprint, relation: renaming }, body: { newRelationIdentifier: to } })
          }
          onLocal={(to) => onChange(renameDefinition(draft, 'relations', renaming, to))}
          onRenamed={(to, at) => onRenamed((document) => renameDefinition(document, 'relations', renaming, to), at)}
          onClose={() => setRenaming(undefined)}
        />
      )}
    </div>
  );
}

/** The other direction, to read: those relations belong to other blueprints. */
function Incoming({ identifier }: { identifier: string }) {
  const lookOf = useBlueprintLooks();
  const incoming = dependents(useModel().data ?? [], identifier);
  if (incoming.length === 0) return null;
  return (
    <section className={styles.incoming} aria-labelledby="incoming-relations">
      <h3 id="incoming-relations" className={styles.sectionTitle}>
        {messages.incoming}
      </h3>
      <ul>
        {incoming.map(({ blueprint, relation, title }) => (
          <li key={`${blueprint} ${relation}`} className={styles.incomingRow}>
            <EntityIcon blueprint={blueprint} />
            <Link
              {...modelPlace(blueprint)}
              search={(before) => ({ ...before, tab: 'relations' })}
              className={styles.textLink}
            >
              {lookOf(blueprint).title}
            </Link>
            <span className={styles.quiet}>{title}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
