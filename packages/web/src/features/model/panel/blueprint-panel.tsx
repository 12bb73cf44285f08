import { getSystemStructure } from '@gantry/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../data/client.ts';
import { keys } from '../../../data/keys.ts';
import { type ModelBlueprint, titleOf } from '../../../data/model.ts';
import { IconButton } from '../../../ui/button.tsx';
import { StatusChip } from '../../../ui/chip.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { IconLock, IconX } from '../../../ui/icons.ts';
import { Notice } from '../../../ui/states.tsx';
import { BlueprintIcon } from '../../blueprints/blueprint-icon.tsx';
import { type Draft, draftOf } from '../draft/draft.ts';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import { PlanDialog } from '../plan/plan-dialog.tsx';
import { type Drafts, type Edit, isChanged } from '../use-drafts.ts';
import { BlueprintMenu } from './blueprint-menu.tsx';
import { DraftBar } from './draft-bar.tsx';
import { PanelTabs } from './panel-tabs.tsx';

interface BlueprintPanelProps {
  blueprint: ModelBlueprint;
  drafts: Drafts;
  mayWrite: boolean;
  onSelect: (identifier: string | undefined) => void;
}

/** One blueprint, to read and to edit. Nothing is saved until its plan was seen. */
export function BlueprintPanel({ blueprint, drafts, mayWrite, onSelect }: BlueprintPanelProps) {
  const { identifier } = blueprint;
  const [planning, setPlanning] = useState(false);
  const [unreadable, setUnreadable] = useState(false);
  const structure = useStructure(blueprint);
  const edit = drafts.editOf(blueprint);
  const change = (draft: Draft) => drafts.change(identifier, { ...edit, draft });
  const hasMoved = edit.baseAt !== blueprint.updatedAt;
  return (
    <section className={styles.panel} aria-label={titleOf(blueprint)}>
      <header className={styles.panelHead}>
        <BlueprintIcon identifier={identifier} icon={edit.draft.icon} size={28} />
        <div className={styles.panelNaming}>
          <h2 className={styles.panelTitle}>{edit.draft.title || edit.draft.identifier}</h2>
          <div className={styles.panelFacts}>
            <code className={styles.code}>{identifier}</code>
            <CopyButton text={identifier} />
            <Link to="/e/$blueprint" params={{ blueprint: identifier }} className={styles.textLink}>
              {messages.entities(blueprint.entityCount)}
            </Link>
          </div>
        </div>
        {mayWrite && (
          <BlueprintMenu
            blueprint={blueprint}
            draft={edit.draft}
            onChange={change}
            onDeleted={() => onSelect(undefined)}
          />
        )}
        <IconButton label={messages.close} size="compact" onClick={() => onSelect(undefined)}>
          <IconX size={16} />
        </IconButton>
      </header>
      {edit.draft.description && <p className={styles.panelText}>{edit.draft.description}</p>}
      {blueprint.system && (
        <p className={styles.panelText}>
          <StatusChip tone="neutral" icon={<IconLock size={14} />}>
            {messages.builtIn}
          </StatusChip>{' '}
          {messages.builtInWhy}
        </p>
      )}
      {!mayWrite && (
        <Notice tone="info" icon={<IconLock size={16} />}>
          {messages.readOnly}
        </Notice>
      )}
      <PanelTabs
        draft={edit.draft}
        base={edit.base}
        structure={structure}
        mayWrite={mayWrite}
        onChange={change}
        onUnreadable={setUnreadable}
        onRenamed={(rename, at) => drafts.change(identifier, renamedEdit(edit, rename, at))}
      />
      {isChanged(edit) && (
        <DraftBar
          edit={edit}
          unreadable={unreadable}
          hasMoved={hasMoved}
          onDiscard={() => drafts.discard(identifier)}
          onReview={() => setPlanning(true)}
        />
      )}
      {planning && (
        <PlanDialog
          edit={edit}
          onClose={() => setPlanning(false)}
          onApplied={(saved) => {
            drafts.discard(identifier);
            setPlanning(false);
            if (saved !== identifier) onSelect(saved);
          }}
        />
      )}
    </section>
  );
}

/** A rename on the server moves the base along, so that it is no change of the draft. */
function renamedEdit({ base, draft }: Edit, rename: (draft: Draft) => Draft, at: string): Edit {
  return { ...(base ? { base: rename(base) } : {}), baseAt: at, draft: rename(draft) };
}

/** What is built in of a system blueprint; nothing for the others. */
function useStructure({ identifier, system }: ModelBlueprint) {
  const { data } = useQuery({
    queryKey: [...keys.blueprint(identifier), 'structure'],
    queryFn: async ({ signal }) =>
      draftOf((await api.call(getSystemStructure, { params: { blueprint: identifier }, signal })).blueprint),
    enabled: system,
  });
  return data;
}
