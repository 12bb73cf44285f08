import { useEffect, useRef } from 'react';
import type { Entity } from '../../data/entities.ts';
import type { ModelBlueprint } from '../../data/model.ts';
import { isUnset } from '../../kinds/index.ts';
import styles from './cards.module.css';
import { EntityCell } from './entity-cell.tsx';
import { fieldValue, relatedIn, TITLE } from './fields.ts';
import { messages } from './messages.ts';
import type { Section } from './use-rows.ts';
import type { Column } from './use-view.ts';

export interface CardsProps {
  blueprint: ModelBlueprint;
  columns: readonly Column[];
  section: Section;
  rowAt: (section: Section, index: number) => Entity | undefined;
  onRange: (first: number, last: number) => void;
}

/** How many cards are drawn at first, and more with each end reached. */
const STEP = 50;

/** The table on a phone: a card a row, with the title and the first five columns. */
export function Cards({ blueprint, columns, section, rowAt, onRange }: CardsProps) {
  const { shown, end } = useGrowing(section.count, onRange);
  const facts = columns.filter(({ id }) => id !== TITLE).slice(0, 5);
  const title = columns.find(({ id }) => id === TITLE);
  return (
    <ul className={styles.cards} aria-label={messages.table(blueprint.title ?? blueprint.identifier)}>
      {Array.from({ length: shown }, (_, index) => {
        const entity = rowAt(section, index);
        return (
          <li key={entity?.identifier ?? index} className={styles.card}>
            {entity ? (
              <>
                {title && <EntityCell entity={entity} field={title.field} icon={blueprint.icon} />}
                <dl className={styles.facts}>
                  {facts
                    .filter(
                      ({ field }) =>
                        !isUnset(field.relation ? relatedIn(entity, field.relation.key) : fieldValue(entity, field)),
                    )
                    .map(({ id, field }) => (
                      <div key={id} className={styles.fact}>
                        <dt>{field.title}</dt>
                        <dd>
                          <EntityCell entity={entity} field={field} icon={blueprint.icon} />
                        </dd>
                      </div>
                    ))}
                </dl>
              </>
            ) : (
              <span className={styles.bone} />
            )}
          </li>
        );
      })}
      <li ref={end} aria-hidden="true" />
    </ul>
  );
}

/** Draws more each time the end of the list comes into sight. */
function useGrowing(count: number, onRange: (first: number, last: number) => void) {
  const end = useRef<HTMLLIElement>(null);
  const reached = useRef(STEP);
  useEffect(() => {
    const element = end.current;
    if (!element) return;
    onRange(0, Math.min(reached.current, count) - 1);
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting) || reached.current >= count) return;
      reached.current += STEP;
      onRange(0, Math.min(reached.current, count) - 1);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [count, onRange]);
  return { shown: Math.min(reached.current, count), end };
}
