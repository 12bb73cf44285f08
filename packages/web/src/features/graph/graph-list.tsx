import { IconButton } from '../../ui/button.tsx';
import { StatusChip } from '../../ui/chip.tsx';
import { IconDots, IconEye, IconEyeOff, IconFocusCentered, IconPlugConnectedX } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { EntityIcon } from '../blueprints/entity-icon.tsx';
import { EntityLink } from '../blueprints/entity-link.tsx';
import { useBlueprintLooks } from '../blueprints/use-blueprint-looks.ts';
import { type EntityGraph, type ListedNode, listNodes } from './entity-graph.ts';
import styles from './graph.module.css';
import { messages } from './messages.ts';
import { type ChangeGraph, nodeActions } from './node-actions.ts';

interface GraphListProps {
  graph: EntityGraph;
  hide: readonly string[];
  onChange: ChangeGraph;
}

/** The same graph as a table, nearest first, with every action of the canvas. */
export function GraphList({ graph, hide, onChange }: GraphListProps) {
  const { entity, kind, steps, via, actions } = messages.columns;
  return (
    <div className={styles.list}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{entity}</th>
            <th scope="col">{kind}</th>
            <th scope="col">{steps}</th>
            <th scope="col">{via}</th>
            <th scope="col">
              <span className="visually-hidden">{actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {listNodes(graph).map((listed) => (
            <GraphRow key={listed.node.id} listed={listed} hide={hide} onChange={onChange} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function GraphRow({ listed: { node, via }, hide, onChange }: { listed: ListedNode } & Omit<GraphListProps, 'graph'>) {
  const lookOf = useBlueprintLooks();
  const { show, makeRoot, hideType } = nodeActions(node, hide, onChange);
  return (
    <tr>
      <td>
        <span className={styles.named}>
          <EntityIcon blueprint={node.blueprint} icon={node.icon} />
          {node.dangling ? (
            <>
              {node.title}
              <StatusChip tone="warning" icon={<IconPlugConnectedX size={14} />}>
                {messages.dangling}
              </StatusChip>
            </>
          ) : (
            <EntityLink blueprint={node.blueprint} entity={node.identifier}>
              {node.title}
            </EntityLink>
          )}
        </span>
      </td>
      <td>{lookOf(node.blueprint).title}</td>
      <td>{messages.steps(node.depth)}</td>
      <td className={styles.quiet}>
        {via
          .map(({ relation, direction, from }) =>
            direction === 'out' ? messages.viaOut(relation, from.title) : messages.viaIn(relation, from.title),
          )
          .join('; ')}
      </td>
      <td>
        <Menu
          align="end"
          trigger={
            <IconButton label={messages.actionsFor(node.title)} size="compact" quiet>
              <IconDots size={16} />
            </IconButton>
          }
        >
          <MenuItem icon={<IconEye size={16} />} onSelect={show}>
            {messages.details}
          </MenuItem>
          {node.depth > 0 && !node.dangling && (
            <MenuItem icon={<IconFocusCentered size={16} />} onSelect={makeRoot}>
              {messages.makeRoot}
            </MenuItem>
          )}
          {node.depth > 0 && (
            <MenuItem icon={<IconEyeOff size={16} />} onSelect={hideType}>
              {messages.hideType(lookOf(node.blueprint).title)}
            </MenuItem>
          )}
        </Menu>
      </td>
    </tr>
  );
}
