import { type ClaimMapping, type MappedClaims, type MappedPerson, mapClaims } from '@gantry/core';
import type { SignInAttempt } from '../../data/sign-in.ts';
import { Code } from '../../ui/code-field.tsx';
import { Notice } from '../../ui/states.tsx';
import { messages } from './messages.ts';
import styles from './sign-in-settings.module.css';

/** What the mapping makes of the claims of one attempt, and the claims themselves. */
export function Outcome({ attempt, mapping }: { attempt: SignInAttempt; mapping: ClaimMapping }) {
  const { claims, detail, reference } = attempt;
  return (
    <>
      {claims ? (
        <>
          <Mapped mapped={mapClaims(mapping, claims)} />
          <h3 className={styles.heading}>{messages.claims}</h3>
          <Code key={reference} label={messages.claims} value={JSON.stringify(claims, null, 2)} language="json" />
        </>
      ) : (
        <Notice tone="warning">
          {messages.noClaims} {detail ?? attempt.reason}
        </Notice>
      )}
      <p className={styles.help}>
        {messages.reference} <code>{reference}</code>
      </p>
    </>
  );
}

function Mapped({ mapped }: { mapped: MappedClaims }) {
  if (mapped.allowed) {
    return (
      <>
        <Notice tone="info">{messages.allowed}</Notice>
        <Person person={mapped.person} />
      </>
    );
  }
  return (
    <Notice tone="danger">
      <p>{messages.notAllowed}</p>
      <ul className={styles.problems}>
        {mapped.problems.map(({ claim, message }) => (
          <li key={`${claim} ${message}`}>
            <code>{claim}</code> {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Person({ person: { email, name, role, teams } }: { person: MappedPerson }) {
  return (
    <dl className={styles.list}>
      <dt>{messages.person}</dt>
      <dd>{name ? `${name}, ${email}` : email}</dd>
      <dt>{messages.role}</dt>
      <dd>{role ?? messages.leftAlone}</dd>
      <dt>{messages.teamsResult}</dt>
      <dd>{teams === null ? messages.leftAlone : teams.join(', ') || messages.noTeams}</dd>
    </dl>
  );
}
