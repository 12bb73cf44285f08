import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useMayOnBlueprint } from '../../data/abilities.ts';
import { messageOf } from '../../data/client.ts';
import type { Entity } from '../../data/entities.ts';
import { type ModelBlueprint, titleOf, useModel } from '../../data/model.ts';
import { Failure, NotFound } from '../../shell/failures.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice, Skeleton, useDelayed } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { Cards } from './cards.tsx';
import { CatalogHead } from './catalog-head.tsx';
import styles from './catalog-page.module.css';
import { CatalogTable } from './catalog-table.tsx';
import type { Field } from './fields.ts';
import { FilterBar } from './filter/filter-bar.tsx';
import { DeleteDialog, FilterPanel, Preview } from './lazy.tsx';
import { messages } from './messages.ts';
import { NoRows } from './no-rows.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { Toolbar } from './toolbar.tsx';
import { useCatalogRows } from './use-catalog-rows.ts';
import type { RowsRequest } from './use-rows.ts';
import { useSelection } from './use-selection.ts';
import { useSummaryRow } from './use-summary-row.ts';
import { useView, type View } from './use-view.ts';
import { ViewTabs } from './view-tabs.tsx';
import { useOwnColumns } from './views.ts';

/** The list of one kind of thing. */
export function CatalogPage() {
  const params = useParams({ from: '/signed-in/e/$blueprint' });
  const { data, error, refetch } = useModel();
  const blueprint = data?.find(({ identifier }) => identifier === params.blueprint);
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  if (!blueprint) return <UnknownBlueprint identifier={params.blueprint} />;
  return <Catalog key={blueprint.identifier} blueprint={blueprint} />;
}

function UnknownBlueprint({ identifier }: { identifier: string }) {
  return (
    <NotFound>
      <p>{messages.unknownBlueprint(identifier)}</p>
      <p>
        <Link to="/catalog" className={buttonClass({})}>
          {messages.openCatalog}
        </Link>
      </p>
    </NotFound>
  );
}

function Catalog({ blueprint }: { blueprint: ModelBlueprint }) {
  const view = useView(blueprint);
  const keepColumns = useOwnDefault(blueprint.identifier, view);
  const narrow = useNarrow();
  const rows = useCatalogRows(blueprint, view, !narrow);
  const selection = useSelection(rows.total ?? 0, rows.rowAt);
  const may = useMayOnBlueprint(blueprint.identifier);
  const [summary, setSummary] = useSummaryRow();
  const [filterStart, setFilterStart] = useState<Field>();
  const [deleting, setDeleting] = useState<{ target: readonly string[] | RowsRequest; count: number }>();
  const deleteOne = (entity: Entity) => setDeleting({ target: [entity.identifier], count: 1 });
  const deleteChosen = () => {
    const target = selection.chosen === 'matching' ? rows.request : [...selection.chosen];
    setDeleting({ target, count: selection.count });
  };

  return (
    <div className={styles.page}>
      <PageTitle parts={[titleOf(blueprint)]} />
      <div className={styles.top}>
        <CatalogHead
          blueprint={blueprint}
          view={view}
          rows={rows}
          summary={summary}
          onSummary={setSummary}
          mayRegister={may.register}
        />
        <ViewTabs blueprint={blueprint.identifier} view={view} />
        <Toolbar
          blueprint={blueprint}
          view={view}
          groupable={!narrow}
          onKeepColumns={keepColumns}
          filterStart={filterStart}
          onFilterStarted={() => setFilterStart(undefined)}
        />
        <FilterBar view={view} />
      </div>
      {rows.error && rows.total !== undefined && <PartFailed error={rows.error} onRetry={rows.retry} />}
      <div className={styles.table}>
        {rows.error && rows.total === undefined ? (
          <Failure error={rows.error} onRetry={rows.retry} />
        ) : rows.isPending ? (
          <Waiting />
        ) : rows.count === 0 ? (
          <NoRows blueprint={blueprint} view={view} mayRegister={may.register} />
        ) : narrow ? (
          <Cards
            blueprint={blueprint}
            columns={view.columns}
            section={rows.firstSection}
            rowAt={rows.rowIn}
            onRange={rows.onRange}
          />
        ) : (
          <CatalogTable
            blueprint={blueprint}
            view={view}
            rows={rows}
            selection={may.moderate ? selection : undefined}
            summary={summary}
            onDelete={deleteOne}
            onFilterBy={setFilterStart}
          />
        )}
        <SelectionBar selection={selection} total={rows.total ?? 0} mayDelete={may.moderate} onDelete={deleteChosen} />
      </div>
      {rows.groupsCut && <p className={styles.cut}>{messages.moreGroups(rows.groups.length)}</p>}
      <p className="visually-hidden" role="status">
        {rows.total === undefined || rows.outdated ? '' : messages.announce(rows.total)}
      </p>
      <Panel blueprint={blueprint} view={view} rowOf={(name) => rows.find(name)} />
      {deleting && (
        <DeleteDialog
          blueprint={blueprint}
          {...deleting}
          onClose={() => setDeleting(undefined)}
          onDeleted={selection.clear}
        />
      )}
    </div>
  );
}

/** Bars in the shape of a table; after three seconds, words as well. */
function Waiting() {
  const slow = useDelayed(3_000);
  return (
    <div className={styles.waiting} aria-busy="true">
      {slow && <p role="status">{messages.slow}</p>}
      <Skeleton lines={16} height={20} />
    </div>
  );
}

/** Some rows could not be read; those that could stay usable. */
function PartFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <div className={styles.notice}>
      <Notice tone="danger" actions={<Button onClick={onRetry}>{messages.retry}</Button>}>
        {messageOf(error)}
      </Notice>
    </div>
  );
}

interface PanelProps {
  blueprint: ModelBlueprint;
  view: View;
  rowOf: (identifier: string) => Entity | undefined;
}

/** The one panel beside the table, as the URL says. */
function Panel({ blueprint, view, rowOf }: PanelProps) {
  const { panel, entity } = view.search;
  const close = () => view.change({ panel: undefined, entity: undefined });
  if (panel === 'filter') return <FilterPanel view={view} onClose={close} />;
  if (panel !== 'preview' || !entity) return null;
  return (
    <Preview blueprint={blueprint} fields={view.fields} identifier={entity} known={rowOf(entity)} onClose={close} />
  );
}

/**
 * A person's own columns become part of the URL when the page is opened without any: the address always reproduces what
 * is on screen, for others too. Answers how to keep the present ones.
 */
function useOwnDefault(blueprint: string, view: View): (columns: string) => void {
  const [own, setOwn] = useOwnColumns(blueprint);
  const { change, search } = view;
  const bare = search.columns === undefined && search.view === undefined;
  useEffect(() => {
    if (own && bare) change({ columns: own }, true);
  }, [own, bare, change]);
  return (columns) => {
    setOwn(columns);
    showToast({ message: messages.columnsKept });
  };
}
