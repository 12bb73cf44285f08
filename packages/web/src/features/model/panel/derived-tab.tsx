import type { AggregationProperty } from '@gantry/core';
import { type ReactNode, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { IconMathFunction, IconPlus, IconReplace, IconSum } from '../../../ui/icons.ts';
import { titleFromKey } from '../../blueprints/title-from-key.ts';
import { moveDefinition, putDefinition, type Rooms, removeDefinition, roomOf } from '../draft/draft.ts';
import { isBuiltIn } from '../draft/system-parts.ts';
import { AggregationDialog } from '../editors/aggregation-dialog.tsx';
import { figureOf } from '../editors/aggregation-figures.ts';
import { CalculationDialog } from '../editors/calculation-dialog.tsx';
import type { DerivedDialogProps, DerivedRoom } from '../editors/derived-dialog-props.ts';
import { MirrorDialog } from '../editors/mirror-dialog.tsx';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import { DefinitionList } from './definition-list.tsx';
import type { PanelTabProps } from './panel-tab-props.ts';

/** Values nobody enters: mirrored, calculated, aggregated. This is where their definitions are written. */
export default function DerivedTab({ draft, structure, mayWrite, onChange }: PanelTabProps) {
  const shared = { draft, structure, mayWrite, onChange };
  return (
    <div className={styles.section}>
      <DerivedSection
        {...shared}
        room="mirrorProperties"
        title={messages.mirrors}
        text={messages.mirrorsText}
        addLabel={messages.addMirror}
        icon={<IconReplace size={16} stroke={1.5} aria-hidden="true" />}
        summary={({ path }) => <code className={styles.code}>{path}</code>}
        Dialog={MirrorDialog}
      />
      <DerivedSection
        {...shared}
        room="calculationProperties"
        title={messages.calculations}
        text={messages.calculationsText}
        addLabel={messages.addCalculation}
        icon={<IconMathFunction size={16} stroke={1.5} aria-hidden="true" />}
        summary={({ calculation }) => <code className={styles.code}>{calculation}</code>}
        Dialog={CalculationDialog}
      />
      <DerivedSection
        {...shared}
        room="aggregationProperties"
        title={messages.aggregations}
        text={messages.aggregationsText}
        addLabel={messages.addAggregation}
        icon={<IconSum size={16} stroke={1.5} aria-hidden="true" />}
        summary={aggregationSummary}
        Dialog={AggregationDialog}
      />
    </div>
  );
}

function aggregationSummary({ target, calculationSpec }: AggregationProperty): string {
  const figure = figureOf(calculationSpec);
  return `${figure ? messages.functions[figure] : calculationSpec.func}: ${target}`;
}

interface DerivedSectionProps<R extends DerivedRoom>
  extends Pick<PanelTabProps, 'draft' | 'structure' | 'mayWrite' | 'onChange'> {
  room: R;
  title: string;
  text: string;
  addLabel: string;
  icon: ReactNode;
  summary: (definition: Rooms[R]) => ReactNode;
  Dialog: (props: DerivedDialogProps<R>) => ReactNode;
}

function DerivedSection<R extends DerivedRoom>(props: DerivedSectionProps<R>) {
  const { room, title, text, addLabel, icon, summary, Dialog, draft, structure, mayWrite, onChange } = props;
  const [editing, setEditing] = useState<string | true>();
  const rows = Object.entries(roomOf(draft, room)).map(([key, definition]) => ({
    key,
    title: definition.title || titleFromKey(key),
    icon,
    summary: summary(definition),
    builtIn: isBuiltIn(structure, room, key),
  }));
  return (
    <section className={styles.derived} aria-label={title}>
      <div>
        <h3 className={styles.sectionTitle}>{title}</h3>
        <p className={styles.quiet}>{text}</p>
      </div>
      <DefinitionList
        label={title}
        rows={rows}
        mayWrite={mayWrite}
        onEdit={setEditing}
        onRemove={(key) => onChange(removeDefinition(draft, room, key))}
        onMove={(key, by) => onChange(moveDefinition(draft, room, key, by))}
      />
      {mayWrite && (
        <Button icon={<IconPlus size={16} />} onClick={() => setEditing(true)}>
          {addLabel}
        </Button>
      )}
      {editing !== undefined && (
        <Dialog
          draft={draft}
          editKey={editing === true ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onSave={(key, definition) => {
            onChange(putDefinition(draft, room, key, definition));
            setEditing(undefined);
          }}
        />
      )}
    </section>
  );
}
