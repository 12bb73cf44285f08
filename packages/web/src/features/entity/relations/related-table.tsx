import { useState } from 'react';
import type { RelatedGroup } from '../../../data/entities.ts';
import { Button } from '../../../ui/button.tsx';
import { StatusChip } from '../../../ui/chip.tsx';
import { TextField } from '../../../ui/fields.tsx';
import { IconPlugConnectedX, IconSearch } from '../../../ui/icons.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { BlueprintIcon } from '../../blueprints/blueprint-icon.tsx';
import { EntityLink } from '../../blueprints/entity-link.tsx';
import { useBlueprintLooks } from '../../blueprints/use-blueprint-looks.ts';
import styles from '../entity.module.css';
import { messages } from '../messages.ts';

type Related = Omit<RelatedGroup['entities'][number], 'icon'> & { icon: string | null | undefined };

const FILTERED_FROM = 8;

/** One group of neighbours. Names whose entity does not exist yet are listed and marked, not linked. */
export function RelatedTable({ group, onShowAll }: { group: RelatedGroup; onShowAll?: () => void }) {
  const lookOf = useBlueprintLooks();
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const shown = group.entities.filter(({ title, identifier }) =>
    `${title}\n${identifier}`.toLowerCase().includes(wanted),
  );
  const someDangle = group.entities.some(({ dangling }) => dangling);
  const cut = group.count > group.entities.length;
  return (
    <>
      {group.count >= FILTERED_FROM && (
        <TextField
          label={messages.filterRelated}
          hideLabel
          type="search"
          placeholder={messages.filterRelated}
          icon={<IconSearch size={16} />}
          value={words}
          onChange={setWords}
        />
      )}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{messages.columns.title}</th>
            <th scope="col">{messages.columns.identifier}</th>
            {someDangle && <th scope="col">{messages.columns.state}</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((related) => (
            <RelatedRow
              key={`${related.blueprint}/${related.identifier}`}
              related={{ ...related, icon: related.icon ?? lookOf(related.blueprint).icon }}
              withState={someDangle}
            />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className={styles.quiet}>{messages.noneMatches}</p>}
      {cut && (
        <p className={styles.more}>
          {messages.shownOf(group.entities.length, group.count)}
          {onShowAll && (
            <Button size="compact" onClick={onShowAll}>
              {messages.showAll}
            </Button>
          )}
        </p>
      )}
    </>
  );
}

function RelatedRow({ related, withState }: { related: Related; withState: boolean }) {
  const { blueprint, identifier, title, icon, dangling } = related;
  return (
    <tr data-dangling={dangling || undefined}>
      <td>
        <span className={styles.named}>
          <BlueprintIcon identifier={blueprint} icon={icon} />
          {dangling ? (
            <span>{title}</span>
          ) : (
            <EntityLink blueprint={blueprint} entity={identifier}>
              {title}
            </EntityLink>
          )}
        </span>
      </td>
      <td>
        <code className={styles.place}>{identifier}</code>
      </td>
      {withState && <td>{dangling && <Dangling />}</td>}
    </tr>
  );
}

function Dangling() {
  return (
    <Tooltip label={messages.danglingWhy}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable without a pointer. */}
      <span tabIndex={0}>
        <StatusChip tone="warning" icon={<IconPlugConnectedX size={14} />}>
          {messages.dangling}
        </StatusChip>
      </span>
    </Tooltip>
  );
}
