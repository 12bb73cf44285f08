import styles from '../entity.module.css';
import { messages } from '../messages.ts';
import { type Change, type ChangeFilter, changeChips } from './describe-change.ts';

interface ChangeFilterBarProps {
  changes: readonly Change[];
  filter: ChangeFilter;
  onChange: (filter: ChangeFilter) => void;
}

const toggle = <T,>(list: readonly T[], value: T): T[] =>
  list.includes(value) ? list.filter((each) => each !== value) : [...list, value];

/** Chips for every kind of change and every origin that occurs; none pressed shows all. */
export function ChangeFilterBar({ changes, filter, onChange }: ChangeFilterBarProps) {
  const { actions, origins } = changeChips(changes);
  if (actions.length < 2 && origins.length < 2) return null;
  return (
    <fieldset className={styles.chips}>
      <legend className="visually-hidden">{messages.filterChanges}</legend>
      {actions.length > 1 &&
        actions.map(({ value, count }) => (
          <FilterChip
            key={value}
            label={messages.actions[value]}
            count={count}
            pressed={filter.actions.includes(value)}
            onPress={() => onChange({ ...filter, actions: toggle(filter.actions, value) })}
          />
        ))}
      {actions.length > 1 && origins.length > 1 && <span className={styles.chipGap} />}
      {origins.length > 1 &&
        origins.map(({ value, count }) => (
          <FilterChip
            key={value}
            label={value}
            count={count}
            pressed={filter.origins.includes(value)}
            onPress={() => onChange({ ...filter, origins: toggle(filter.origins, value) })}
          />
        ))}
    </fieldset>
  );
}

interface FilterChipProps {
  label: string;
  count: number;
  pressed: boolean;
  onPress: () => void;
}

function FilterChip({ label, count, pressed, onPress }: FilterChipProps) {
  return (
    <button type="button" className={styles.filterChip} aria-pressed={pressed} onClick={onPress}>
      {label} <span className={styles.count}>{count}</span>
    </button>
  );
}
