import { Link } from '@tanstack/react-router';
import type { Provenance } from '../../../data/entities.ts';
import type { ModelBlueprint } from '../../../data/model.ts';
import { HoverCard } from '../../../ui/hover-card.tsx';
import { IconInfoCircle } from '../../../ui/icons.ts';
import { Time } from '../../../ui/time.tsx';
import { modelPlace } from '../../blueprints/places.ts';
import styles from '../entity.module.css';
import type { Derivation } from '../entity-facts.ts';
import { messages } from '../messages.ts';
import { OriginPlace } from '../source/origin-place.tsx';
import { originOf } from '../source/provenance.ts';

interface ProvenanceCardProps {
  title: string;
  /** `properties.tier`, `relations.owner`. */
  path: string;
  blueprint: ModelBlueprint;
  provenance: Provenance | undefined;
  derivation?: Derivation;
}

/** Answers "why does it say that" beside a value, on hover, on focus and on press. */
export function ProvenanceCard({ title, path, blueprint, provenance, derivation }: ProvenanceCardProps) {
  return (
    <HoverCard
      label={messages.why(title)}
      className={styles.whyButton}
      icon={<IconInfoCircle size={14} stroke={1.5} />}
    >
      <p className={styles.cardTitle}>{messages.whyHeading(title)}</p>
      {derivation ? (
        <DerivedOrigin derivation={derivation} blueprint={blueprint} />
      ) : (
        <RecordedOrigin path={path} provenance={provenance} />
      )}
    </HoverCard>
  );
}

function RecordedOrigin({ path, provenance }: Pick<ProvenanceCardProps, 'path' | 'provenance'>) {
  const recorded = originOf(provenance, path);
  if (!recorded) return <p className={styles.quiet}>{messages.whyUnknown}</p>;
  return (
    <>
      <OriginPlace origin={recorded.origin} />
      <p className={styles.quiet}>
        {messages.since} <Time at={recorded.at} />
      </p>
    </>
  );
}

function DerivedOrigin({ derivation, blueprint }: { derivation: Derivation; blueprint: ModelBlueprint }) {
  return (
    <>
      <p>{messages.derivations[derivation]}</p>
      <p className={styles.quiet}>{messages.derivedWhy}</p>
      <Link {...modelPlace(blueprint.identifier)} search={{ tab: 'derived' }} className={styles.textLink}>
        {messages.openModel}
      </Link>
    </>
  );
}
