import { planBlueprint } from '@gantry/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../data/client.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Skeleton } from '../../../ui/states.tsx';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import type { Edit } from '../use-drafts.ts';
import { ChangeList } from './change-list.tsx';
import { EffectList } from './effect-list.tsx';
import { mayApply } from './plan.ts';
import { Refusal } from './refusal.tsx';
import { useApply } from './use-apply.ts';

interface PlanDialogProps {
  edit: Edit;
  onClose: () => void;
  /** Told the identifier it has afterwards. */
  onApplied: (identifier: string) => void;
}

/** What an edit would do, before it is done: the server's own plan, and what may be lost to tick. */
export function PlanDialog({ edit, onClose, onApplied }: PlanDialogProps) {
  const { base, draft } = edit;
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const plan = useQuery({
    queryKey: ['plan', base?.identifier, draft],
    queryFn: async ({ signal }) =>
      (await api.call(planBlueprint, { params: { blueprint: base?.identifier ?? '' }, body: draft, signal })).plan,
    enabled: base !== undefined,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
  const apply = useApply(edit, onApplied);
  const isReady = base === undefined || (plan.data !== undefined && mayApply(plan.data, ticked));
  const title = draft.title || draft.identifier;
  return (
    <Dialog
      opened
      onClose={onClose}
      width={640}
      title={base ? messages.planTitle(title) : messages.planTitleNew(title)}
      footer={
        <>
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button
            variant={plan.data?.effects.some(({ destructive }) => destructive) ? 'danger' : 'primary'}
            disabled={!isReady}
            busy={apply.isPending}
            onClick={() => apply.mutate()}
          >
            {base ? messages.apply : messages.create}
          </Button>
        </>
      }
    >
      <div className={styles.plan}>
        <ChangeList base={base} draft={draft} />
        {base && plan.isPending && <Skeleton lines={3} />}
        {plan.data && <EffectList plan={plan.data} ticked={ticked} onTick={setTicked} />}
        {plan.error && <Refusal error={plan.error} />}
        {apply.error && <Refusal error={apply.error} />}
      </div>
    </Dialog>
  );
}
