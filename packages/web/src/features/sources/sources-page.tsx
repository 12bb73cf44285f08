import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../data/session.ts';
import { importsQuery, locationsQuery } from '../../data/sources.ts';
import { Failure } from '../../shell/failures.tsx';
import { Page } from '../../shell/page.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { IconDatabaseImport, IconPlus } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton, StateMessage } from '../../ui/states.tsx';
import { DemoCard } from './demo-card.tsx';
import { messages } from './messages.ts';
import { ProblemTable } from './problem-table.tsx';
import { RegisterDialog } from './register-dialog.tsx';
import { SourceRow } from './source-row.tsx';
import { listProblems, type Source, sources } from './source-view.ts';
import styles from './sources.module.css';

/** What feeds the catalog, how it is doing, and every document that could not be taken. */
export function SourcesPage() {
  const [isAdding, setAdding] = useState(false);
  const mayWrite = useMay()('source:write');
  const locations = useQuery(locationsQuery);
  const imports = useQuery(importsQuery);
  const error = locations.error ?? imports.error;
  if (error)
    return <Failure error={error} onRetry={() => void Promise.all([locations.refetch(), imports.refetch()])} />;
  const all = locations.data && imports.data && sources(locations.data, imports.data);
  return (
    <Page>
      <PageTitle parts={[messages.title]} />
      <PageHeader
        title={messages.title}
        description={messages.text}
        actions={
          mayWrite && (
            <Button variant="primary" icon={<IconPlus size={16} />} onClick={() => setAdding(true)}>
              {messages.add}
            </Button>
          )
        }
      />
      {all ? <SourceList all={all} mayWrite={mayWrite} /> : <Skeleton lines={6} height={32} />}
      {all && all.length > 0 && <ProblemTable problems={listProblems(all)} all={all} />}
      <DemoCard mayWrite={mayWrite} />
      {isAdding && <RegisterDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}

function SourceList({ all, mayWrite }: { all: readonly Source[]; mayWrite: boolean }) {
  if (all.length === 0) {
    return (
      <StateMessage icon={<IconDatabaseImport size={32} stroke={1.5} />} title={messages.none}>
        <p>{messages.noneText}</p>
        <ImportCommand />
      </StateMessage>
    );
  }
  return (
    <section aria-label={messages.sources}>
      <ul className={styles.sources}>
        {all.map((source) => (
          <SourceRow key={source.id} source={source} mayWrite={mayWrite} />
        ))}
      </ul>
    </section>
  );
}

function ImportCommand() {
  return (
    <span className={styles.command}>
      <code>{messages.importCommand}</code>
      <CopyButton text={messages.importCommand} label={messages.copyCommand} />
    </span>
  );
}
