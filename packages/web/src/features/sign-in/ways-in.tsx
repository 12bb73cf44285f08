import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { providersQuery } from '../../data/sign-in.ts';
import { Button } from '../../ui/button.tsx';
import { LocalForm, type LocalFormProps } from './local-form.tsx';
import { messages } from './messages.ts';
import { ProviderLinks } from './provider-links.tsx';

export interface WaysInProps extends LocalFormProps {
  to: string | undefined;
  newWindow?: boolean;
}

/** The identity providers first; Gantry's own form behind a link, or at once where there is no provider. */
export function WaysIn({ to, newWindow = false, ...local }: WaysInProps) {
  const { data: providers } = useSuspenseQuery(providersQuery);
  const [isLocal, setLocal] = useState(false);
  if (providers.length === 0) return <LocalForm {...local} />;
  return (
    <>
      <ProviderLinks providers={providers} to={to} newWindow={newWindow} />
      {isLocal ? (
        <LocalForm {...local} />
      ) : (
        <Button variant="plain" onClick={() => setLocal(true)}>
          {local.password ? messages.withPassword : messages.withOneTimeLink}
        </Button>
      )}
    </>
  );
}
