import { renameProperty } from '@gantry/contract';
import { useState } from 'react';
import { api } from '../../../data/client.ts';
import { Button } from '../../../ui/button.tsx';
import { StatusChip } from '../../../ui/chip.tsx';
import { IconPlus } from '../../../ui/icons.ts';
import { titleFromKey } from '../../blueprints/title-from-key.ts';
import {
  definitionAt,
  isRequired,
  moveDefinition,
  putDefinition,
  removeDefinition,
  renameDefinition,
  roomOf,
  setRequired,
} from '../draft/draft.ts';
import { isBuiltIn } from '../draft/system-parts.ts';
import { PropertyDialog } from '../editors/property-dialog.tsx';
import { choiceOf } from '../editors/property-types.ts';
import { RenameDialog } from '../editors/rename-dialog.tsx';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import { DefinitionList } from './definition-list.tsx';
import type { PanelTabProps } from './panel-tab-props.ts';

export default function PropertiesTab({ draft, base, structure, mayWrite, onChange, onRenamed }: PanelTabProps) {
  const [editing, setEditing] = useState<string | true>();
  const [renaming, setRenaming] = useState<string>();
  const rows = Object.entries(roomOf(draft, 'properties')).map(([key, property]) => {
    const Icon = choiceOf(property).icon;
    return {
      key,
      title: property.title || titleFromKey(key),
      icon: <Icon size={16} stroke={1.5} aria-hidden="true" />,
      summary: (
        <>
          {choiceOf(property).label}
          {isRequired(draft, key) && <StatusChip tone="info">{messages.required}</StatusChip>}
        </>
      ),
      builtIn: isBuiltIn(structure, 'properties', key),
    };
  });
  return (
    <div className={styles.section}>
      {rows.length === 0 && <p className={styles.quiet}>{messages.noProperties}</p>}
      <DefinitionList
        label={messages.tabs.properties}
        rows={rows}
        mayWrite={mayWrite}
        onEdit={setEditing}
        onRename={setRenaming}
        onRemove={(key) => onChange(removeDefinition(draft, 'properties', key))}
        onMove={(key, by) => onChange(moveDefinition(draft, 'properties', key, by))}
      />
      {mayWrite && (
        <Button icon={<IconPlus size={16} />} onClick={() => setEditing(true)}>
          {messages.addProperty}
        </Button>
      )}
      {editing !== undefined && (
        <PropertyDialog
          draft={draft}
          editKey={editing === true ? undefined : editing}
          saved={editing !== true && base ? definitionAt(base, 'properties', editing) : undefined}
          onClose={() => setEditing(undefined)}
          onSave={(key, property, required) => {
            onChange(setRequired(putDefinition(draft, 'properties', key, property), key, required));
            setEditing(undefined);
          }}
        />
      )}
      {renaming !== undefined && (
        <RenameDialog
          draft={draft}
          room="properties"
          from={renaming}
          saved={base !== undefined && definitionAt(base, 'properties', renaming) !== undefined}
          rename={(blueprint, to) =>
            api.call(renameProperty, { params: { blueprint, property: renaming }, body: { newPropertyName: to } })
          }
          onLocal={(to) => onChange(renameDefinition(draft, 'properties', renaming, to))}
          onRenamed={(to, at) => onRenamed((document) => renameDefinition(document, 'properties', renaming, to), at)}
          onClose={() => setRenaming(undefined)}
        />
      )}
    </div>
  );
}
