import { CellValue, DetailValue } from '../../kinds/index.ts';
import styles from './entity.module.css';
import type { PropertyFact } from './entity-facts.ts';
import { messages } from './messages.ts';

export interface FactValueProps {
  fact: Pick<PropertyFact, 'property' | 'value' | 'empty'>;
  /** With room for lists and long texts; else one line. */
  roomy?: boolean;
}

/** The value of a property as its kind draws it. */
export function FactValue({ fact: { property, value, empty }, roomy = false }: FactValueProps) {
  if (empty) return <span className={styles.unset}>{messages.empty}</span>;
  return roomy ? <DetailValue value={value} property={property} /> : <CellValue value={value} property={property} />;
}
