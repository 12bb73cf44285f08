import { CallFailure, messageOf } from '../../../data/client.ts';
import { IconAlertTriangle } from '../../../ui/icons.ts';
import { Notice } from '../../../ui/states.tsx';
import styles from '../model.module.css';

/** Why the server refuses: every problem with its place and its remedy. */
export function Refusal({ error }: { error: unknown }) {
  const problems = error instanceof CallFailure ? (error.answer?.problems ?? []) : [];
  return (
    <Notice tone="danger" icon={<IconAlertTriangle size={16} />}>
      {problems.length === 0 ? (
        messageOf(error)
      ) : (
        <ul className={styles.refusals}>
          {problems.map(({ path, message, remedy }) => (
            <li key={`${path} ${message}`}>
              {path && <code>{path}</code>} {message} {remedy}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
