import type { ClaimMapping } from '@gantry/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { attemptsQuery, type SignInAttempt, tryAddress } from '../../data/sign-in.ts';
import { ButtonBody, buttonClass } from '../../ui/button.tsx';
import { IconExternalLink } from '../../ui/icons.ts';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { messages } from './messages.ts';
import { Outcome } from './outcome.tsx';
import styles from './sign-in-settings.module.css';

export interface PreviewProps {
  provider: string;
  /** As it stands in the form, saved or not. */
  mapping: ClaimMapping;
}

/** A trial in another window, the claims it or a refused person brought, and what the mapping makes of them. */
export function Preview({ provider, mapping }: PreviewProps) {
  const [before, setBefore] = useState<string | null>();
  const [chosen, setChosen] = useState<string | null>(null);
  const { data } = useQuery(attemptsQuery(provider, before !== undefined));
  const newest = data?.[0]?.reference ?? null;
  const isWaiting = before !== undefined && before === newest;
  const attempt = data?.find(({ reference }) => reference === chosen) ?? data?.[0];
  return (
    <section className={styles.preview} aria-label={messages.preview}>
      <h2 className={styles.heading}>{messages.preview}</h2>
      <p className={styles.help}>{messages.previewText}</p>
      <div className={styles.trial}>
        <a
          href={tryAddress(provider)}
          target="_blank"
          rel="noreferrer"
          className={buttonClass({})}
          onClick={() => {
            setBefore(newest);
            setChosen(null);
          }}
        >
          <ButtonBody trailing={<IconExternalLink size={16} aria-label={messages.inNewWindow} />}>
            {messages.tryOut}
          </ButtonBody>
        </a>
        <span className={styles.help} role="status">
          {isWaiting ? messages.waiting : messages.tryOutText}
        </span>
      </div>
      {!data && <Skeleton lines={6} />}
      {data?.length === 0 && <p className={styles.help}>{messages.noAttempts}</p>}
      {data && attempt && (
        <>
          <Select
            label={messages.attempt}
            options={data.map((one) => ({ value: one.reference, label: nameOf(one) }))}
            value={attempt.reference}
            onChange={setChosen}
          />
          <Outcome attempt={attempt} mapping={mapping} />
        </>
      )}
    </section>
  );
}

function nameOf({ at, isTrial }: SignInAttempt): string {
  const time = new Date(at).toLocaleString();
  return isTrial ? messages.trial(time) : messages.refused(time);
}
