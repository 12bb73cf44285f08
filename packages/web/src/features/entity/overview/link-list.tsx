import type { Provenance } from '../../../data/entities.ts';
import type { ModelBlueprint } from '../../../data/model.ts';
import { IconExternalLink } from '../../../ui/icons.ts';
import styles from '../entity.module.css';
import type { EntityLink } from '../entity-links.ts';
import { messages } from '../messages.ts';
import { ProvenanceCard } from './provenance-card.tsx';

interface LinkListProps {
  links: readonly EntityLink[];
  blueprint: ModelBlueprint;
  provenance: Provenance | undefined;
}

/** Where else to look: addresses out of the entity's properties. */
export function LinkList({ links, blueprint, provenance }: LinkListProps) {
  return (
    <section className={styles.card} aria-labelledby="entity-links">
      <h2 id="entity-links" className={styles.sectionTitle}>
        {messages.links}
      </h2>
      <ul className={styles.links}>
        {links.map(({ title, url, fact }) => (
          <li key={url} className={styles.linkRow}>
            <a href={url} target="_blank" rel="noreferrer noopener" className={styles.outLink}>
              <IconExternalLink size={16} stroke={1.5} aria-hidden="true" />
              <span>{title}</span>
            </a>
            <ProvenanceCard title={title} path={`properties.${fact.key}`} {...{ blueprint, provenance }} />
            <span className={styles.quiet}>{new URL(url).host}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
