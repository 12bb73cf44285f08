import { useNavigate, useRouter } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Entity } from '../../data/entities.ts';
import { type ModelBlueprint, titleOf } from '../../data/model.ts';
import { rowHeights, useDensity } from '../../shell/theme.ts';
import { IconButton } from '../../ui/button.tsx';
import { Grid, type GridColumn, type GridItem, type GridPoint } from '../../ui/grid/index.ts';
import { IconDots } from '../../ui/icons.ts';
import { ColumnMenu } from './column-menu.tsx';
import { moveBefore, resized } from './columns-menu.tsx';
import { EntityCell } from './entity-cell.tsx';
import type { Field } from './fields.ts';
import { withRule } from './filter/rule.ts';
import { GroupHeading } from './group-heading.tsx';
import { messages } from './messages.ts';
import { RowMenu } from './row-menu.tsx';
import { cycleSort } from './sort-menu.tsx';
import { SummaryCell } from './summary-cell.tsx';
import type { CatalogRows } from './use-catalog-rows.ts';
import type { Selection } from './use-selection.ts';
import type { Column, View } from './use-view.ts';

export interface CatalogTableProps {
  blueprint: ModelBlueprint;
  view: View;
  rows: CatalogRows;
  /** Absent where nothing can be done with a selection. */
  selection: Selection | undefined;
  summary: boolean;
  onDelete: (entity: Entity) => void;
  onFilterBy: (field: Field) => void;
}

/** The column of the rows' menus. */
const MENU = '#menu';

/** The rows of a blueprint in the grid, with what columns, rows and heads can do. */
export function CatalogTable(props: CatalogTableProps) {
  const { blueprint, view, rows, selection, summary, onDelete, onFilterBy } = props;
  const density = useDensity();
  const [menu, setMenu] = useState<{ at: GridPoint; entity?: Entity; column?: string }>();
  const columns = useGridColumns(view);
  const renderCell = useRenderCell(blueprint, view.columns, (entity, at) => setMenu({ at, entity }));
  const actions = useRowActions(view);

  return (
    <>
      <Grid<Entity>
        label={messages.table(titleOf(blueprint))}
        columns={columns}
        count={rows.count}
        itemAt={useItemAt(rows, view, blueprint)}
        keyOf={identifierOf}
        titleOf={titleOfEntity}
        renderCell={renderCell}
        rowHeight={rowHeights[density]}
        resetKey={rows.request}
        {...(selection ? { selection } : {})}
        currentKey={view.search.panel === 'preview' ? view.search.entity : undefined}
        flashing={rows.flashing}
        dimmed={rows.outdated}
        onOpen={actions.preview}
        onOpenNewTab={actions.openNewTab}
        onRowMenu={(entity, at) => setMenu({ at, entity })}
        onColumnMenu={(column, at) => setMenu({ at, column })}
        onSort={(id, additive) => view.setSort(cycleSort(view.sort, id, additive))}
        onResize={(id, width) => view.setColumns(resized(view.columns, id, width), true)}
        onReorder={(id, before) => view.setColumns(moveBefore(view.columns, id, before))}
        onRange={rows.onRange}
        renderSummary={
          summary
            ? (id) => {
                const field = view.columns.find((column) => column.id === id)?.field;
                const filter = (rule: Parameters<typeof withRule>[1]) => view.setFilter(withRule(view.filter, rule));
                return field && <SummaryCell field={field} request={rows.request} onFilter={filter} />;
              }
            : undefined
        }
      />
      <RowMenu
        entity={menu?.entity}
        at={menu?.at}
        onPreview={actions.preview}
        onDelete={onDelete}
        onClose={() => setMenu(undefined)}
      />
      <ColumnMenu
        view={view}
        column={view.columns.find(({ id }) => id === menu?.column)}
        at={menu?.at}
        onFilter={onFilterBy}
        onClose={() => setMenu(undefined)}
      />
    </>
  );
}

const identifierOf = (entity: Entity) => entity.identifier;
const titleOfEntity = (entity: Entity) => entity.title;

function useGridColumns({ columns, sort }: View): GridColumn[] {
  return useMemo(() => {
    const own = columns.map(({ id, width, pinned, field }): GridColumn => {
      const rank = sort.findIndex(({ property }) => property === id);
      const key = sort[rank];
      return {
        id,
        title: field.title,
        width: width ?? field.width,
        sortable: field.sortable,
        ...(pinned ? { pinned } : {}),
        ...(field.align ? { align: field.align } : {}),
        ...(key ? { sort: { order: key.order, ...(sort.length > 1 ? { rank: rank + 1 } : {}) } } : {}),
      };
    });
    return [...own, { id: MENU, title: messages.options, head: null, width: 44, pinned: 'end' as const }];
  }, [columns, sort]);
}

/** Draws cells; a new function only when columns change, since each new one draws every row again. */
function useRenderCell(
  blueprint: ModelBlueprint,
  columns: readonly Column[],
  onMenu: (entity: Entity, at: GridPoint) => void,
) {
  const open = useRef(onMenu);
  open.current = onMenu;
  const { icon } = blueprint;
  return useCallback(
    (entity: Entity, columnId: string) => {
      if (columnId === MENU) {
        return (
          <IconButton
            quiet
            label={`${messages.options}: ${entity.title}`}
            size="compact"
            onClick={(event) => {
              const { left, bottom } = event.currentTarget.getBoundingClientRect();
              open.current(entity, { x: left, y: bottom });
            }}
          >
            <IconDots size={16} />
          </IconButton>
        );
      }
      const column = columns.find(({ id }) => id === columnId);
      return column && <EntityCell entity={entity} field={column.field} icon={icon} />;
    },
    [columns, icon],
  );
}

function useRowActions(view: View) {
  const navigate = useNavigate();
  const router = useRouter();
  const { change } = view;
  return {
    preview: (entity: Entity) => {
      // On a phone there is no room for a panel beside the list.
      if (matchMedia('(max-width: 767px)').matches) {
        const params = { blueprint: entity.blueprint, entity: entity.identifier };
        void navigate({ to: '/e/$blueprint/$entity/{-$tab}', params });
      } else {
        change({ panel: 'preview', entity: entity.identifier }, view.search.panel === 'preview');
      }
    },
    openNewTab: (entity: Entity) => {
      const params = { blueprint: entity.blueprint, entity: entity.identifier };
      window.open(router.buildLocation({ to: '/e/$blueprint/$entity/{-$tab}', params }).href, '_blank', 'noopener');
    },
  };
}

/** What the grid draws at an index: a row, or the heading of a group. */
function useItemAt(rows: CatalogRows, view: View, blueprint: ModelBlueprint) {
  return (index: number): GridItem<Entity> | undefined => {
    const group = rows.groupAt(index);
    if (group && group.at === index && view.group) {
      return {
        kind: 'heading',
        expanded: group.expanded,
        toggle: () => rows.toggle(group.key),
        content: <GroupHeading group={group} field={view.group} blueprint={blueprint} />,
      };
    }
    const row = rows.rowAt(index);
    return row && { kind: 'row', row };
  };
}
