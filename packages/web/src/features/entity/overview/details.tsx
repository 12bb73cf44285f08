import { useState } from 'react';
import type { Entity, Provenance } from '../../../data/entities.ts';
import type { ModelBlueprint } from '../../../data/model.ts';
import { Button } from '../../../ui/button.tsx';
import { useFlash } from '../../../ui/use-flash.ts';
import styles from '../entity.module.css';
import { groupFacts, type PropertyFact, type RelationFact, relationFacts } from '../entity-facts.ts';
import { FactValue } from '../fact-value.tsx';
import { messages } from '../messages.ts';
import { ProvenanceCard } from './provenance-card.tsx';
import { RelatedNames } from './related-names.tsx';

interface DetailsProps {
  facts: readonly PropertyFact[];
  entity: Entity;
  blueprint: ModelBlueprint;
  provenance: Provenance | undefined;
}

/** Values in two columns by group, relations among them; what is empty hides until asked for. */
export function Details({ facts, entity, blueprint, provenance }: DetailsProps) {
  const [showEmpty, setShowEmpty] = useState(false);
  const relations = relationFacts(blueprint, entity);
  const emptyCount = facts.filter(({ empty }) => empty).length + relations.filter(isUnset).length;
  const shownFacts = facts.filter(({ empty }) => showEmpty || !empty);
  const shownRelations = relations.filter((relation) => showEmpty || !isUnset(relation));
  const groups = groupFacts(shownFacts);
  return (
    <section className={styles.card} aria-label={messages.details}>
      {groups.map(({ title, facts: members }) => (
        <div key={title} className={styles.detailGroup}>
          <h2 className={styles.sectionTitle}>{title}</h2>
          <dl className={styles.details}>
            {members.map((fact) => (
              <Detail key={fact.key} fact={fact} blueprint={blueprint} provenance={provenance} />
            ))}
          </dl>
        </div>
      ))}
      {shownRelations.length > 0 && (
        <div className={styles.detailGroup}>
          <h2 className={styles.sectionTitle}>{messages.relationGroups}</h2>
          <dl className={styles.details}>
            {shownRelations.map((relation) => (
              <RelationDetail key={relation.key} fact={relation} provenance={provenance} blueprint={blueprint} />
            ))}
          </dl>
        </div>
      )}
      {shownFacts.length + shownRelations.length === 0 && <p className={styles.quiet}>{messages.nothingSet}</p>}
      {emptyCount > 0 && (
        <Button variant="plain" size="compact" onClick={() => setShowEmpty(!showEmpty)} aria-expanded={showEmpty}>
          {showEmpty ? messages.hideEmpty : messages.showEmpty(emptyCount)}
        </Button>
      )}
    </section>
  );
}

const isUnset = ({ targets }: RelationFact) => targets.length === 0;

interface OriginProps {
  blueprint: ModelBlueprint;
  provenance: Provenance | undefined;
}

function Detail({ fact, blueprint, provenance }: OriginProps & { fact: PropertyFact }) {
  const flash = useFlash(JSON.stringify(fact.value));
  const { key, title, description, derivation } = fact;
  return (
    <div className={styles.detail} data-flash={flash}>
      <dt title={description}>
        <span>{title}</span>
        <ProvenanceCard
          {...{ title, provenance, blueprint }}
          path={`properties.${key}`}
          {...(derivation ? { derivation } : {})}
        />
      </dt>
      <dd>
        <FactValue fact={fact} roomy />
      </dd>
    </div>
  );
}

function RelationDetail({ fact, blueprint, provenance }: OriginProps & { fact: RelationFact }) {
  const flash = useFlash(JSON.stringify(fact.targets));
  return (
    <div className={styles.detail} data-flash={flash}>
      <dt title={fact.relation.description}>
        <span>{fact.title}</span>
        <ProvenanceCard title={fact.title} path={`relations.${fact.key}`} {...{ provenance, blueprint }} />
      </dt>
      <dd>{isUnset(fact) ? <span className={styles.unset}>{messages.empty}</span> : <RelatedNames fact={fact} />}</dd>
    </div>
  );
}
