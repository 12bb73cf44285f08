import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMayOnBlueprint } from '../../data/abilities.ts';
import { statusOf } from '../../data/client.ts';
import { entityQuery } from '../../data/entities.ts';
import { type ModelBlueprint, titleOf, useModel } from '../../data/model.ts';
import { useCreateEntity } from '../../data/writes.ts';
import { Denied, Failure, NotFound } from '../../shell/failures.tsx';
import { Page } from '../../shell/page.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { BlueprintIcon } from '../blueprints/blueprint-icon.tsx';
import { creation, emptyDraft } from './draft.ts';
import { EntityForm } from './entity-form.tsx';
import { messages } from './messages.ts';

/** Adds an entity by hand. */
export function NewEntityPage() {
  const params = useParams({ from: '/signed-in/new/$blueprint' });
  const { data, error, refetch } = useModel();
  const may = useMayOnBlueprint(params.blueprint);
  const blueprint = data?.find(({ identifier }) => identifier === params.blueprint);
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={8} height={32} />;
  if (blueprint && may.known && !may.register) return <Denied />;
  return blueprint ? <NewEntity key={blueprint.identifier} blueprint={blueprint} /> : <NotFound />;
}

function NewEntity({ blueprint }: { blueprint: ModelBlueprint }) {
  const navigate = useNavigate();
  const create = useCreateEntity(blueprint.identifier);
  const checkIdentifier = useIdentifierCheck(blueprint.identifier);
  const kind = titleOf(blueprint).toLowerCase();
  return (
    <Page narrow>
      <PageTitle parts={[messages.newTitle(kind)]} />
      <PageHeader
        icon={<BlueprintIcon identifier={blueprint.identifier} icon={blueprint.icon} size={28} />}
        title={messages.newTitle(kind)}
        description={blueprint.description}
      />
      <EntityForm
        blueprint={blueprint}
        initial={emptyDraft(blueprint)}
        isNew
        submitLabel={messages.create(kind)}
        checkIdentifier={checkIdentifier}
        save={async (draft) => {
          const { entity } = await create.mutateAsync(creation(draft));
          showToast({ message: messages.created(entity.title) });
          await navigate({
            to: '/e/$blueprint/$entity/{-$tab}',
            params: { blueprint: blueprint.identifier, entity: entity.identifier },
          });
        }}
        cancel={
          <Link
            to="/e/$blueprint"
            params={{ blueprint: blueprint.identifier }}
            className={buttonClass({ size: 'form' })}
          >
            {messages.cancel}
          </Link>
        }
      />
    </Page>
  );
}

/** Asks whether an identifier is taken; silence when that cannot be known. */
export function useIdentifierCheck(blueprint: string): (identifier: string) => Promise<string | undefined> {
  const client = useQueryClient();
  return async (identifier) => {
    const found = await client
      .fetchQuery({ ...entityQuery(blueprint, identifier), retry: false })
      .catch((error: unknown) => (statusOf(error) === 404 ? undefined : null));
    return found ? messages.identifierTaken(identifier) : undefined;
  };
}
