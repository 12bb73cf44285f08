import { lazy, Suspense } from 'react';
import { Code } from '../../../ui/code-field.tsx';
import { Markdown } from '../../../ui/markdown.tsx';
import { Skeleton } from '../../../ui/states.tsx';
import styles from '../entity.module.css';
import { isApiDescription, isDocument, isProse, type PropertyFact, propertyFacts } from '../entity-facts.ts';
import { splitLinks } from '../entity-links.ts';
import type { TabProps } from '../tab-props.ts';
import { Details } from './details.tsx';
import { LinkList } from './link-list.tsx';
import { Owners } from './owners.tsx';

const Neighbourhood = lazy(() => import('./neighbourhood.tsx'));

/** What there is to know, in reading order: values, long texts; beside them what it hangs together with. */
export function OverviewTab({ entity, blueprint, provenance }: TabProps) {
  const facts = propertyFacts(blueprint, entity);
  const long = (fact: PropertyFact) => isProse(fact) || isDocument(fact) || isApiDescription(fact);
  const { links, others } = splitLinks(facts);
  return (
    <div className={styles.overview}>
      <div className={styles.stack}>
        <Details
          facts={others.filter((fact) => !long(fact))}
          entity={entity}
          blueprint={blueprint}
          provenance={provenance}
        />
        <Suspense fallback={<Skeleton lines={6} />}>
          <Neighbourhood entity={entity} blueprint={blueprint} />
        </Suspense>
        {facts
          .filter((fact) => (isProse(fact) || isDocument(fact)) && !fact.empty)
          .map((fact) => (
            <LongValue key={fact.key} fact={fact} />
          ))}
      </div>
      <div className={styles.stack}>
        <Owners entity={entity} />
        {links.length > 0 && <LinkList links={links} blueprint={blueprint} provenance={provenance} />}
      </div>
    </div>
  );
}

function LongValue({ fact }: { fact: PropertyFact }) {
  const id = `long-${fact.key}`;
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id} className={styles.sectionTitle}>
        {fact.title}
      </h2>
      {isProse(fact) && typeof fact.value === 'string' ? (
        <Markdown text={fact.value} />
      ) : (
        <Code label={fact.title} {...asCode(fact.value)} />
      )}
    </section>
  );
}

function asCode(value: unknown): { language: 'json' | 'yaml'; value: string } {
  return typeof value === 'string'
    ? { language: 'yaml', value }
    : { language: 'json', value: JSON.stringify(value, null, 2) };
}
