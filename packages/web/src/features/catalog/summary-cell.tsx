import { useQuery } from '@tanstack/react-query';
import { aggregateQuery } from '../../data/entities.ts';
import { hueOfColor, hueOfName } from '../../ui/hue.ts';
import type { Field } from './fields.ts';
import { equalsRule, type FilterRule } from './filter/rule.ts';
import { messages } from './messages.ts';
import styles from './summary-cell.module.css';
import type { RowsRequest } from './use-rows.ts';

/** Segments of a bar; what is beyond is one segment, "other". */
const SEGMENTS = 6;

export interface SummaryCellProps {
  field: Field;
  request: RowsRequest;
  onFilter: (rule: FilterRule) => void;
}

/** What a column amounts to over everything that matches: a bar of its values, or the average of its numbers. */
export function SummaryCell(props: SummaryCellProps) {
  const { filter } = props.field;
  if (filter === 'number') return <Average {...props} />;
  if (filter === 'options' || filter === 'boolean' || props.field.id === '$team') return <Distribution {...props} />;
  return null;
}

function useAggregate({ field, request }: SummaryCellProps, func: string, limit?: number) {
  return useQuery(
    aggregateQuery(request.blueprint, {
      func,
      property: field.id,
      ...(func === 'average' ? { averageOf: 'total', calculationBy: 'property' } : {}),
      ...(request.query ? { query: request.query } : {}),
      ...(request.q ? { search: request.q } : {}),
      ...(limit ? { limit } : {}),
    }),
  ).data;
}

const format = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

function Average(props: SummaryCellProps) {
  const result = useAggregate(props, 'average');
  if (typeof result !== 'number') return null;
  const text = format.format(result);
  return (
    <span title={messages.averageLabel(text)}>
      <span aria-hidden="true">{messages.average(text)}</span>
      <span className="visually-hidden">{messages.averageLabel(text)}</span>
    </span>
  );
}

function Distribution(props: SummaryCellProps) {
  const { field, onFilter } = props;
  const result = useAggregate(props, 'countValues', 50);
  if (!Array.isArray(result) || result.length === 0) return null;
  const total = result.reduce((sum, { count }) => sum + count, 0);
  const shown = result.slice(0, SEGMENTS);
  return (
    <fieldset className={styles.bar} aria-label={messages.summaryLabel(field.title)}>
      {shown.map(({ value, count }) => {
        const name = nameOf(value);
        const words = messages.share(name, count, Math.round((count / total) * 100));
        return (
          <button
            key={name}
            type="button"
            tabIndex={-1}
            className={styles.segment}
            data-hue={hueOf(field, value, name)}
            style={{ flexGrow: count }}
            title={words}
            aria-label={words}
            onClick={() => onFilter(equalsRule(field, value))}
          />
        );
      })}
      {result.length > SEGMENTS && (
        <span className={styles.rest} style={{ flexGrow: total - shown.reduce((sum, { count }) => sum + count, 0) }} />
      )}
    </fieldset>
  );
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return messages.unset;
  if (typeof value === 'boolean') return value ? messages.yes : messages.no;
  return String(value);
}

function hueOf(field: Field, value: unknown, name: string) {
  if (value === null || value === undefined) return 'gray';
  if (typeof value === 'boolean') return value ? 'green' : 'gray';
  const color = field.property.enumColors?.[name];
  return color ? hueOfColor(color) : hueOfName(name);
}
