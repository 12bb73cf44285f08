import { listTrash } from '@gantry/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMayOnBlueprint } from '../../data/abilities.ts';
import { api, messageOf } from '../../data/client.ts';
import { type SearchResult, searchQuery } from '../../data/entities.ts';
import { keys } from '../../data/keys.ts';
import { type ModelBlueprint, titleOf } from '../../data/model.ts';
import { useRestore } from '../../data/writes.ts';
import { NotFound } from '../../shell/failures.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { IconTrash } from '../../ui/icons.ts';
import { Skeleton, StateMessage } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { showToast } from '../../ui/toast.tsx';
import { EntityIcon } from '../blueprints/entity-icon.tsx';
import { EntityLink } from '../blueprints/entity-link.tsx';
import styles from './entity.module.css';
import { messages } from './messages.ts';

interface EntityMissingProps {
  blueprint: ModelBlueprint | undefined;
  kind: string;
  identifier: string;
  onFound: () => void;
}

/** In place of an entity that does not answer: it lies in the trash, or something like it has another name. */
export function EntityMissing({ blueprint, kind, identifier, onFound }: EntityMissingProps) {
  const question = { blueprint: kind, entity: identifier, limit: '1' };
  const { data, isPending } = useQuery({
    queryKey: keys.trashOf(question),
    queryFn: async ({ signal }) => (await api.call(listTrash, { query: question, signal })).trash,
    retry: false,
  });
  if (isPending) return <Skeleton />;
  const trashed = data?.[0];
  const title = blueprint ? titleOf(blueprint) : kind;
  return (
    <>
      <PageTitle parts={[trashed?.title ?? identifier, title]} />
      {trashed ? (
        <InTrash trashed={trashed} kindTitle={title} onRestored={onFound} />
      ) : (
        <NearMatches kindTitle={title} identifier={identifier} />
      )}
    </>
  );
}

interface Trashed {
  id: string;
  blueprint: string;
  title: string;
  deletedAt: string;
  deletedBy: string;
  expiresAt: string;
}

function InTrash({ trashed, kindTitle, onRestored }: { trashed: Trashed; kindTitle: string; onRestored: () => void }) {
  const may = useMayOnBlueprint(trashed.blueprint);
  const restore = useRestore();
  const bringBack = () =>
    restore.mutate(trashed, {
      onSuccess: () => {
        showToast({ message: messages.restored(trashed.title) });
        onRestored();
      },
      onError: (error) => showToast({ message: messageOf(error), tone: 'danger' }),
    });
  return (
    <StateMessage
      heading="h1"
      icon={<IconTrash size={32} stroke={1.5} />}
      title={messages.goneTitle(trashed.title)}
      actions={
        <>
          <Link to="/e/$blueprint" params={{ blueprint: trashed.blueprint }} className={buttonClass({})}>
            {messages.backToBlueprint(kindTitle)}
          </Link>
          {may.register && (
            <Button variant="primary" busy={restore.isPending} onClick={bringBack}>
              {messages.restore}
            </Button>
          )}
        </>
      }
    >
      {messages.goneText} <Time at={trashed.deletedAt} /> {messages.by} {trashed.deletedBy}. {messages.goneUntil}{' '}
      <Time at={trashed.expiresAt} />.
    </StateMessage>
  );
}

function NearMatches({ kindTitle, identifier }: { kindTitle: string; identifier: string }) {
  const { data = [] } = useQuery(searchQuery({ q: identifier, limit: 6 }));
  return (
    <>
      <NotFound title={messages.notFoundTitle}>{messages.notFoundText(identifier, kindTitle)}</NotFound>
      {data.length > 0 && (
        <section className={styles.nearMatches} aria-labelledby="near-matches">
          <h2 id="near-matches" className={styles.sectionTitle}>
            {messages.nearMatches}
          </h2>
          <ul>
            {data.map((match) => (
              <NearMatch key={`${match.blueprint}/${match.identifier}`} match={match} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function NearMatch({ match }: { match: SearchResult }) {
  return (
    <li>
      <EntityLink blueprint={match.blueprint} entity={match.identifier} className={styles.matchLink}>
        <EntityIcon blueprint={match.blueprint} icon={match.icon} />
        <span className={styles.matchTitle}>{match.title}</span>
        <span className={styles.quiet}>{match.blueprintTitle}</span>
      </EntityLink>
    </li>
  );
}
