import type { Provider } from '../../data/sign-in.ts';
import { beginAddress } from '../../data/sign-in.ts';
import { ButtonBody, buttonClass } from '../../ui/button.tsx';
import { IconExternalLink } from '../../ui/icons.ts';
import { lastUsedFirst, noteLastUsed } from './last-provider.ts';
import { messages } from './messages.ts';
import styles from './sign-in.module.css';

export interface ProviderLinksProps {
  providers: readonly Provider[];
  /** The page of ours to come back to. */
  to: string | undefined;
  /** Leaves this page as it is. */
  newWindow?: boolean;
}

/** One button for each identity provider, the one used last first. */
export function ProviderLinks({ providers, to, newWindow = false }: ProviderLinksProps) {
  return (
    <div className={styles.providers}>
      {lastUsedFirst(providers).map(({ id, name }, index) => (
        <a
          key={id}
          href={beginAddress(id, to)}
          {...(newWindow && { target: '_blank', rel: 'noreferrer' })}
          onClick={() => noteLastUsed(id)}
          className={buttonClass({ variant: index === 0 ? 'primary' : 'outlined', size: 'form' })}
        >
          <ButtonBody trailing={newWindow && <IconExternalLink size={16} aria-label={messages.inNewWindow} />}>
            {messages.with(name)}
          </ButtonBody>
        </a>
      ))}
    </div>
  );
}
