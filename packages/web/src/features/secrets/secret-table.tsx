import type { Secret } from '../../data/secrets.ts';
import { Button } from '../../ui/button.tsx';
import { StatusChip } from '../../ui/chip.tsx';
import { IconAlertTriangle } from '../../ui/icons.ts';
import { Time } from '../../ui/time.tsx';
import { messages } from './messages.ts';
import styles from './secrets.module.css';

interface SecretTableProps {
  secrets: readonly Secret[];
  onChange: (secret: Secret) => void;
  onDelete: (secret: Secret) => void;
}

export function SecretTable({ secrets, onChange, onDelete }: SecretTableProps) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{messages.name}</th>
          <th scope="col">{messages.description}</th>
          <th scope="col">{messages.updated}</th>
          <th scope="col">
            <span className="visually-hidden">{messages.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {secrets.map((secret) => (
          <tr key={secret.secretName}>
            <th scope="row" className={styles.name}>
              <code>{secret.secretName}</code>
              {!secret.readable && (
                <span title={messages.keyLostText}>
                  <StatusChip tone="danger" icon={<IconAlertTriangle size={14} />}>
                    {messages.keyLost}
                  </StatusChip>
                </span>
              )}
            </th>
            <td className={styles.description}>{secret.description}</td>
            <td>
              <Time at={secret.updatedAt} />
            </td>
            <td className={styles.actions}>
              <Button
                size="compact"
                aria-label={messages.changeNamed(secret.secretName)}
                onClick={() => onChange(secret)}
              >
                {messages.change}
              </Button>
              <Button
                size="compact"
                variant="plain"
                aria-label={messages.removeNamed(secret.secretName)}
                onClick={() => onDelete(secret)}
              >
                {messages.remove}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
