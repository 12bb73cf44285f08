import type { Entity } from '../../data/entities.ts';
import type { ModelBlueprint } from '../../data/model.ts';
import { useFlash } from '../../ui/use-flash.ts';
import styles from './entity.module.css';
import { keyFacts, type PropertyFact, propertyFacts } from './entity-facts.ts';
import { FactValue } from './fact-value.tsx';
import { messages } from './messages.ts';

/** Up to six values that a glance should catch, under the title on every tab. */
export function KeyFacts({ entity, blueprint }: { entity: Entity; blueprint: ModelBlueprint }) {
  const facts = keyFacts(propertyFacts(blueprint, entity));
  if (facts.length === 0) return null;
  return (
    <dl className={styles.keyFacts} aria-label={messages.keyFacts}>
      {facts.map((fact) => (
        <KeyFact key={fact.key} fact={fact} />
      ))}
    </dl>
  );
}

function KeyFact({ fact }: { fact: PropertyFact }) {
  const flash = useFlash(JSON.stringify(fact.value));
  return (
    <div className={styles.keyFact} data-flash={flash}>
      <dt>{fact.title}</dt>
      <dd>
        <FactValue fact={fact} />
      </dd>
    </div>
  );
}
