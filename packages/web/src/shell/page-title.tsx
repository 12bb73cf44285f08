import { useSession } from '../data/session.ts';

/** The document's title, from the particular to the general: `checkout - Service - Acme`. */
export function PageTitle({ parts }: { parts: readonly string[] }) {
  const { organization } = useSession();
  return <title>{[...parts, organization.name].join(' - ')}</title>;
}
