import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/toggles.tsx';
import { EntityIcon } from '../blueprints/entity-icon.tsx';
import { useBlueprintLooks } from '../blueprints/use-blueprint-looks.ts';
import type { NodeType } from './entity-graph.ts';
import styles from './graph.module.css';
import { messages } from './messages.ts';

interface GraphTypesProps {
  types: readonly NodeType[];
  onHide: (hidden: string[]) => void;
  summary: string;
  cycles: number;
  markCycles: boolean;
  onMarkCycles: (mark: boolean) => void;
  allLines: boolean;
  onAllLines: (all: boolean) => void;
}

/** Which kinds of entities are in the graph, how many of each, and which of them are shown. */
export function GraphTypes({ types, onHide, ...facts }: GraphTypesProps) {
  const lookOf = useBlueprintLooks();
  const hidden = types.filter((type) => type.hidden).map(({ blueprint }) => blueprint);
  const toggle = (blueprint: string, show: boolean) =>
    onHide(show ? hidden.filter((name) => name !== blueprint) : [...hidden, blueprint]);
  return (
    <aside className={styles.types} aria-label={messages.typesAside}>
      <div className={styles.typesHead}>
        <h2>{messages.types}</h2>
        {hidden.length > 0 && (
          <Button variant="plain" size="compact" onClick={() => onHide([])}>
            {messages.showAll}
          </Button>
        )}
      </div>
      {types.map(({ blueprint, count, hidden: isHidden }) => (
        <div key={blueprint} className={styles.type}>
          <Checkbox
            checked={!isHidden}
            onChange={(show) => toggle(blueprint, show)}
            label={
              <span className={styles.typeName}>
                <EntityIcon blueprint={blueprint} />
                <span>{lookOf(blueprint).title}</span>
              </span>
            }
          />
          <span className={styles.count}>{count}</span>
        </div>
      ))}
      <GraphFacts {...facts} />
    </aside>
  );
}

type GraphFactsProps = Omit<GraphTypesProps, 'types' | 'onHide'>;

function GraphFacts({ summary, cycles, markCycles, onMarkCycles, allLines, onAllLines }: GraphFactsProps) {
  return (
    <div className={styles.facts}>
      <p>{summary}</p>
      <Checkbox checked={allLines} onChange={onAllLines} label={messages.allLines} />
      {cycles > 0 && (
        <>
          <p>{messages.cycles(cycles)}</p>
          <Checkbox checked={markCycles} onChange={onMarkCycles} label={messages.markCycles} />
        </>
      )}
    </div>
  );
}
