import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Secret, secretsQuery } from '../../data/secrets.ts';
import { useMay } from '../../data/session.ts';
import { Denied, Failure } from '../../shell/failures.tsx';
import { Page } from '../../shell/page.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Button } from '../../ui/button.tsx';
import { IconKey, IconPlus } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton, StateMessage } from '../../ui/states.tsx';
import { DeleteSecretDialog } from './delete-secret-dialog.tsx';
import { messages } from './messages.ts';
import { AddSecretDialog, ChangeSecretDialog } from './secret-dialogs.tsx';
import { SecretTable } from './secret-table.tsx';

/** The names of what is kept secret; values go in and never come out. */
export function SecretsPage() {
  const may = useMay()('secret:write');
  return may ? <Secrets /> : <Denied />;
}

type Open = { readonly what: 'add' } | { readonly what: 'change' | 'delete'; readonly secret: Secret };

function Secrets() {
  const secrets = useQuery(secretsQuery);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const add = (
    <Button variant="primary" icon={<IconPlus size={16} />} onClick={() => setOpen({ what: 'add' })}>
      {messages.add}
    </Button>
  );
  return (
    <Page>
      <PageTitle parts={[messages.title]} />
      <PageHeader title={messages.title} description={messages.text} actions={secrets.data?.length ? add : undefined} />
      {secrets.error ? (
        <Failure error={secrets.error} onRetry={() => void secrets.refetch()} />
      ) : secrets.isPending ? (
        <Skeleton lines={6} height={24} />
      ) : secrets.data.length === 0 ? (
        <StateMessage icon={<IconKey size={32} stroke={1.5} />} title={messages.emptyTitle} actions={add}>
          {messages.emptyText}
        </StateMessage>
      ) : (
        <SecretTable
          secrets={secrets.data}
          onChange={(secret) => setOpen({ what: 'change', secret })}
          onDelete={(secret) => setOpen({ what: 'delete', secret })}
        />
      )}
      {open?.what === 'add' && <AddSecretDialog onClose={close} />}
      {open?.what === 'change' && <ChangeSecretDialog secret={open.secret} onClose={close} />}
      {open?.what === 'delete' && <DeleteSecretDialog secret={open.secret} onClose={close} />}
    </Page>
  );
}
