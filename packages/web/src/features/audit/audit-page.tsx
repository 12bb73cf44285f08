import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type AuditFilters, auditExportUrl, auditQuery } from '../../data/audit.ts';
import { useMay } from '../../data/session.ts';
import { Denied, Failure } from '../../shell/failures.tsx';
import { Page } from '../../shell/page.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Button } from '../../ui/button.tsx';
import { IconClipboardList, IconDownload } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton, StateMessage } from '../../ui/states.tsx';
import styles from './audit.module.css';
import { AuditFilterBar } from './audit-filter-bar.tsx';
import { type AuditSearch, filtersOf } from './audit-search.ts';
import { AuditTable } from './audit-table.tsx';
import { messages } from './messages.ts';

/** Who did what. The filters are in the URL, so that a link shows the same. */
export function AuditPage() {
  const may = useMay()('audit:read');
  return may ? <AuditLog /> : <Denied />;
}

function AuditLog() {
  const search = useSearch({ from: '/signed-in/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const change = (next: AuditSearch) => void navigate({ search: next, replace: true });
  const filters = filtersOf(search);
  return (
    <Page>
      <PageTitle parts={[messages.title]} />
      <PageHeader title={messages.title} description={messages.text} actions={<ExportMenu filters={filters} />} />
      <AuditFilterBar search={search} onChange={change} />
      <Entries filters={filters} isFiltered={Object.keys(search).length > 0} onClear={() => change({})} />
    </Page>
  );
}

function ExportMenu({ filters }: { filters: AuditFilters }) {
  const download = (format: 'ndjson' | 'csv') => location.assign(auditExportUrl(filters, format));
  return (
    <Menu align="end" trigger={<Button icon={<IconDownload size={16} />}>{messages.export}</Button>}>
      <MenuItem onSelect={() => download('ndjson')}>{messages.exportLines}</MenuItem>
      <MenuItem onSelect={() => download('csv')}>{messages.exportCsv}</MenuItem>
    </Menu>
  );
}

interface EntriesProps {
  filters: AuditFilters;
  isFiltered: boolean;
  onClear: () => void;
}

function Entries({ filters, isFiltered, onClear }: EntriesProps) {
  const query = useInfiniteQuery(auditQuery(filters));
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton lines={10} height={24} />;
  const entries = query.data.pages.flatMap(({ audits }) => audits);
  if (entries.length === 0) {
    return (
      <StateMessage
        icon={<IconClipboardList size={32} stroke={1.5} />}
        title={isFiltered ? messages.noneMatch : messages.empty}
        actions={isFiltered && <Button onClick={onClear}>{messages.clear}</Button>}
      >
        {isFiltered ? messages.noneMatchText : messages.emptyText}
      </StateMessage>
    );
  }
  return (
    <div className={styles.entries} data-stale={query.isPlaceholderData || undefined}>
      <AuditTable entries={entries} />
      {query.hasNextPage && (
        <div>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {messages.more}
          </Button>
        </div>
      )}
    </div>
  );
}
