import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { messageOf } from '../../data/client.ts';
import { useRefreshLocation } from '../../data/sources.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { StatusChip, type Tone } from '../../ui/chip.tsx';
import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconDots,
  IconFiles,
  IconRefresh,
  IconTrash,
  IconWorld,
  IconX,
} from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Notice } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { showToast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';
import { MissingDialog } from './missing-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import type { Source } from './source-view.ts';
import styles from './sources.module.css';

const looks: Record<Source['state'], { tone: Tone; icon: typeof IconCheck }> = {
  ok: { tone: 'success', icon: IconCheck },
  problems: { tone: 'warning', icon: IconAlertTriangle },
  failed: { tone: 'danger', icon: IconX },
  running: { tone: 'info', icon: IconRefresh },
  waiting: { tone: 'neutral', icon: IconClock },
};

/** One source: how it is doing, what it brought, and what waits for a decision. */
export function SourceRow({ source, mayWrite }: { source: Source; mayWrite: boolean }) {
  const { target, kind, state, message, missing } = source;
  const [dialog, setDialog] = useState<'remove' | 'missing'>();
  const { tone, icon: StateIcon } = looks[state];
  const KindIcon = kind === 'location' ? IconWorld : IconFiles;
  const close = () => setDialog(undefined);
  return (
    <li className={styles.source}>
      <div className={styles.head}>
        <KindIcon size={20} stroke={1.5} aria-hidden="true" className={styles.kind} />
        <div className={styles.naming}>
          <h2 className={styles.target}>{target}</h2>
          <Facts source={source} />
        </div>
        <StatusChip tone={tone} icon={<StateIcon size={14} />}>
          {messages.states[state]}
        </StatusChip>
        {mayWrite && <Actions source={source} onRemove={() => setDialog('remove')} />}
      </div>
      {message && state !== 'ok' && (
        <p className={styles.message} data-tone={tone}>
          {message}
        </p>
      )}
      {missing.length > 0 && (
        <Notice
          tone="warning"
          icon={<IconClock size={16} />}
          actions={
            <Button size="compact" onClick={() => setDialog('missing')}>
              {messages.reviewMissing}
            </Button>
          }
        >
          {messages.missing(missing.length)}
        </Notice>
      )}
      {dialog === 'remove' && <RemoveDialog source={source} onClose={close} />}
      {dialog === 'missing' && <MissingDialog source={source} mayWrite={mayWrite} onClose={close} />}
    </li>
  );
}

function Facts({ source: { id, kind, entities, stale, problems, refreshedAt, report } }: { source: Source }) {
  return (
    <p className={styles.facts}>
      <span>{messages.kinds[kind]}</span>
      <span>{messages.entities(entities)}</span>
      {stale > 0 && <span className={styles.stale}>{messages.stale(stale)}</span>}
      {problems.length > 0 && (
        <Link to="/build/sources" search={{ source: id }} hash="problems" className={styles.link}>
          {messages.problems(problems.length)}
        </Link>
      )}
      <span title={report && messages.lastReport(report.created, report.updated, report.unchanged)}>
        {refreshedAt ? (
          <>
            {messages.lastRead} <Time at={refreshedAt} />
          </>
        ) : (
          messages.neverRead
        )}
      </span>
    </p>
  );
}

function Actions({ source: { id, target, kind, state }, onRemove }: { source: Source; onRemove: () => void }) {
  const refresh = useRefreshLocation();
  const readAgain = () =>
    refresh.mutate(id, {
      onSuccess: () => showToast({ message: messages.refreshing }),
      onError: (error) => showToast({ message: messageOf(error), tone: 'danger' }),
    });
  return (
    <div className={styles.actions}>
      {kind === 'location' && (
        <Button
          size="compact"
          icon={<IconRefresh size={14} />}
          busy={refresh.isPending}
          disabled={state === 'running'}
          onClick={readAgain}
        >
          {messages.refresh}
        </Button>
      )}
      <Menu
        align="end"
        trigger={
          <IconButton label={messages.more(target)} size="compact" quiet>
            <IconDots size={16} />
          </IconButton>
        }
      >
        <MenuItem danger icon={<IconTrash size={16} />} onSelect={onRemove}>
          {messages.remove}
        </MenuItem>
      </Menu>
    </div>
  );
}
