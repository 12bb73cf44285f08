import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ProviderSettings, signInSettingsQuery } from '../../data/sign-in.ts';
import { Failure } from '../../shell/failures.tsx';
import { Page } from '../../shell/page.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { IconKey } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton, StateMessage } from '../../ui/states.tsx';
import { messages } from './messages.ts';
import { ProviderPanel } from './provider-panel.tsx';
import styles from './sign-in-settings.module.css';

/** Identity providers: switched on and off, told what their claims mean, and tried out before. */
export function SignInSettingsPage() {
  const { data, error, refetch } = useQuery(signInSettingsQuery);
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <Page>
      <PageTitle parts={[messages.title]} />
      <PageHeader title={messages.title} description={messages.text} />
      {!data ? <Skeleton lines={8} height={24} /> : data.length === 0 ? <NoProvider /> : <Chosen providers={data} />}
    </Page>
  );
}

function Chosen({ providers }: { providers: readonly ProviderSettings[] }) {
  const { provider } = useSearch({ from: '/signed-in/settings/sign-in' });
  const navigate = useNavigate();
  const chosen = providers.find(({ id }) => id === provider) ?? providers[0];
  if (!chosen) return null;
  return (
    <>
      {providers.length > 1 && (
        <div className={styles.choice}>
          <Select
            label={messages.providers}
            options={providers.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen.id}
            onChange={(id) => id && void navigate({ to: '/settings/sign-in', search: { provider: id } })}
          />
        </div>
      )}
      <ProviderPanel key={chosen.id} provider={chosen} />
    </>
  );
}

function NoProvider() {
  return (
    <StateMessage icon={<IconKey size={32} stroke={1.5} />} title={messages.none}>
      <p>{messages.noneText}</p>
      <div className={styles.example}>
        <pre>{messages.noneExample}</pre>
        <CopyButton text={messages.noneExample} label={messages.copyExample} />
      </div>
    </StateMessage>
  );
}
