import { useState } from 'react';
import { IconButton } from '../../../ui/button.tsx';
import { StatusChip } from '../../../ui/chip.tsx';
import { IconX } from '../../../ui/icons.ts';
import { BlueprintIcon } from '../../blueprints/blueprint-icon.tsx';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import { PlanDialog } from '../plan/plan-dialog.tsx';
import type { Drafts, Edit } from '../use-drafts.ts';
import { DraftBar } from './draft-bar.tsx';
import { PanelTabs } from './panel-tabs.tsx';

interface NewBlueprintPanelProps {
  drafts: Drafts;
  edit: Edit;
  onDone: (identifier: string | undefined) => void;
}

/** A blueprint that does not exist yet, edited like any other. */
export function NewBlueprintPanel({ drafts, edit, onDone }: NewBlueprintPanelProps) {
  const [planning, setPlanning] = useState(false);
  const [unreadable, setUnreadable] = useState(false);
  const { draft } = edit;
  const discard = () => {
    drafts.discard();
    onDone(undefined);
  };
  return (
    <section className={styles.panel} aria-label={messages.newBlueprint}>
      <header className={styles.panelHead}>
        <BlueprintIcon identifier={draft.identifier} icon={draft.icon} size={28} />
        <div className={styles.panelNaming}>
          <h2 className={styles.panelTitle}>{draft.title || draft.identifier}</h2>
          <div className={styles.panelFacts}>
            <code className={styles.code}>{draft.identifier}</code>
            <StatusChip tone="info">{messages.createFirst}</StatusChip>
          </div>
        </div>
        <IconButton label={messages.close} size="compact" onClick={discard}>
          <IconX size={16} />
        </IconButton>
      </header>
      {draft.description && <p className={styles.panelText}>{draft.description}</p>}
      <PanelTabs
        draft={draft}
        base={undefined}
        structure={undefined}
        mayWrite
        onChange={(next) => drafts.startNew(next)}
        onRenamed={(rename) => drafts.startNew(rename(draft))}
        onUnreadable={setUnreadable}
      />
      <DraftBar
        edit={edit}
        unreadable={unreadable}
        hasMoved={false}
        onDiscard={discard}
        onReview={() => setPlanning(true)}
      />
      {planning && (
        <PlanDialog
          edit={edit}
          onClose={() => setPlanning(false)}
          onApplied={(identifier) => {
            drafts.discard();
            onDone(identifier);
          }}
        />
      )}
    </section>
  );
}
