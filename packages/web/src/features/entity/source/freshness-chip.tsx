import type { Provenance } from '../../../data/entities.ts';
import { StatusChip, type Tone } from '../../../ui/chip.tsx';
import { IconAlertTriangle, IconCircleCheck, IconClock, IconPencil } from '../../../ui/icons.ts';
import { Time } from '../../../ui/time.tsx';
import { Tooltip } from '../../../ui/tooltip.tsx';
import styles from '../entity.module.css';
import { type Freshness, freshness } from './provenance.ts';

const looks: Record<Freshness['state'], { tone: Tone; word: string; icon: React.ReactNode }> = {
  fresh: { tone: 'success', word: 'Seen', icon: <IconCircleCheck size={14} /> },
  stale: { tone: 'warning', word: 'Stale, last seen', icon: <IconClock size={14} /> },
  broken: { tone: 'warning', word: 'Source broken, last seen', icon: <IconAlertTriangle size={14} /> },
  manual: { tone: 'neutral', word: 'Not synced', icon: <IconPencil size={14} /> },
};

/** Whether the entity's sources still vouch for it, and since when. */
export function FreshnessChip({ provenance }: { provenance: Provenance }) {
  const { state, sentence, seenAt } = freshness(provenance);
  const { tone, word, icon } = looks[state];
  return (
    <Tooltip label={sentence}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable without a pointer. */}
      <span tabIndex={0} className={styles.freshness}>
        <StatusChip tone={tone} icon={icon}>
          {word} {seenAt && <Time at={seenAt} />}
        </StatusChip>
        <span className="visually-hidden">{sentence}</span>
      </span>
    </Tooltip>
  );
}
