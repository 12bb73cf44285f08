import { Link } from '@tanstack/react-router';
import type { Provenance } from '../../../data/entities.ts';
import { IconAlertTriangle } from '../../../ui/icons.ts';
import { Notice } from '../../../ui/states.tsx';
import styles from '../entity.module.css';
import { messages } from '../messages.ts';

/** Above everything else when what is shown is older than what the source says now. */
export function LastGoodNotice({ provenance }: { provenance: Provenance }) {
  const [problem] = provenance.problems;
  if (!problem) return null;
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`;
  return (
    <Notice
      tone="warning"
      icon={<IconAlertTriangle size={16} />}
      actions={
        <Link to="/build/sources" className={styles.noticeLink}>
          {messages.openSources}
        </Link>
      }
    >
      <strong>{messages.lastGood}</strong> {problem.message} <code>{place}</code>
    </Notice>
  );
}
