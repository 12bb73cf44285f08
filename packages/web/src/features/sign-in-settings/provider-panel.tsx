import type { ClaimMapping } from '@gantry/core';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../../data/client.ts';
import { type ProviderSettings, useSaveSignInSettings } from '../../data/sign-in.ts';
import { Button } from '../../ui/button.tsx';
import { StatusChip } from '../../ui/chip.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { IconCircleCheck, IconMinus } from '../../ui/icons.ts';
import { Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { MappingFields } from './mapping-fields.tsx';
import { messages } from './messages.ts';
import { Preview } from './preview.tsx';
import styles from './sign-in-settings.module.css';

/** One provider: what it is, what its claims mean, and beside it what that makes of a person. */
export function ProviderPanel({ provider }: { provider: ProviderSettings }) {
  const { id, name, enabled } = provider;
  const [mapping, setMapping] = useState<ClaimMapping>(provider.mapping);
  const save = useSaveSignInSettings(id);
  const decide = (next: boolean, said: string) =>
    save.mutate({ enabled: next, mapping }, { onSuccess: () => showToast({ message: said }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (enabled) decide(true, messages.saved);
    else decide(true, messages.switchedOn(name));
  };
  return (
    <>
      <Facts provider={provider} />
      <div className={styles.columns}>
        <form className={styles.form} onSubmit={submit} aria-label={messages.mapping}>
          <h2 className={styles.heading}>{messages.mapping}</h2>
          <MappingFields mapping={mapping} onChange={setMapping} />
          {save.error && <Notice tone="danger">{messageOf(save.error)}</Notice>}
          <div className={styles.actions}>
            {enabled ? (
              <Button onClick={() => decide(false, messages.switchedOff(name))}>{messages.switchOff}</Button>
            ) : (
              <Button onClick={() => decide(false, messages.saved)}>{messages.save}</Button>
            )}
            <Button type="submit" variant="primary" busy={save.isPending}>
              {enabled ? messages.save : messages.switchOn}
            </Button>
          </div>
        </form>
        <Preview provider={id} mapping={mapping} />
      </div>
    </>
  );
}

function Facts({ provider }: { provider: ProviderSettings }) {
  const { name, enabled, issuer, clientId, redirectUri } = provider;
  return (
    <section className={styles.facts} aria-label={name}>
      <h2 className={styles.heading}>
        {name}{' '}
        {enabled ? (
          <StatusChip tone="success" icon={<IconCircleCheck size={16} />}>
            {messages.on}
          </StatusChip>
        ) : (
          <StatusChip tone="neutral" icon={<IconMinus size={16} />}>
            {messages.off}
          </StatusChip>
        )}
      </h2>
      <dl className={styles.list}>
        <dt>{messages.issuer}</dt>
        <dd>
          <code>{issuer}</code>
        </dd>
        <dt>{messages.clientId}</dt>
        <dd>
          <code>{clientId}</code>
        </dd>
        <dt>{messages.redirectUri}</dt>
        <dd>
          <code>{redirectUri}</code> <CopyButton text={redirectUri} label={messages.copyRedirectUri} />
          <span className={styles.help}>{messages.redirectUriHelp}</span>
        </dd>
      </dl>
    </section>
  );
}
