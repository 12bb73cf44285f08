import { titleOf } from '../../data/model.ts';
import { Time } from '../../ui/time.tsx';
import { BlueprintIcon } from '../blueprints/blueprint-icon.tsx';
import { messages } from './messages.ts';
import styles from './model.module.css';
import type { ModelStageProps } from './model-canvas.tsx';

const figure = new Intl.NumberFormat();

/** The model as a table: the same blueprints and relations as on the canvas. */
export function ModelList({ blueprints, selected, edited, onSelect }: ModelStageProps) {
  const { title, identifier, entities, relations, updated } = messages.columns;
  return (
    <div className={styles.list}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">{identifier}</th>
            <th scope="col" data-align="end">
              {entities}
            </th>
            <th scope="col">{relations}</th>
            <th scope="col">{updated}</th>
          </tr>
        </thead>
        <tbody>
          {blueprints.map((blueprint) => (
            <tr key={blueprint.identifier} aria-current={blueprint.identifier === selected || undefined}>
              <td>
                <button type="button" className={styles.rowButton} onClick={() => onSelect(blueprint.identifier)}>
                  <BlueprintIcon identifier={blueprint.identifier} icon={blueprint.icon} />
                  {titleOf(blueprint)}
                  {edited.has(blueprint.identifier) && <span className={styles.editedDot} title={messages.unsaved} />}
                </button>
              </td>
              <td>
                <code className={styles.code}>{blueprint.identifier}</code>
              </td>
              <td data-align="end">{figure.format(blueprint.entityCount)}</td>
              <td className={styles.quiet}>{relationNames(blueprint.relations)}</td>
              <td>{blueprint.lastUpdatedAt ? <Time at={blueprint.lastUpdatedAt} /> : messages.never}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function relationNames(relations: ModelStageProps['blueprints'][number]['relations']): string {
  const names = Object.entries(relations).map(
    ([key, { title, target, many }]) => `${title || key} → ${target}${many ? ' *' : ''}`,
  );
  return names.length > 0 ? names.join(', ') : messages.noRelations;
}
