import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useMayOnEntity } from '../../data/abilities.ts';
import { type Entity, entityQuery } from '../../data/entities.ts';
import { type ModelBlueprint, titleOf, useBlueprint } from '../../data/model.ts';
import { usePatchEntity } from '../../data/writes.ts';
import { Denied, Failure } from '../../shell/failures.tsx';
import { Page } from '../../shell/page.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { BlueprintIcon } from '../blueprints/blueprint-icon.tsx';
import { changes, draftOf } from './draft.ts';
import { EntityForm } from './entity-form.tsx';
import { messages } from './messages.ts';
import { useIdentifierCheck } from './new-entity-page.tsx';

/** Changes an entity by hand: only what was changed is sent. */
export function EditEntityPage() {
  const params = useParams({ from: '/signed-in/edit/$blueprint/$entity' });
  const blueprint = useBlueprint(params.blueprint);
  const { data: entity, error, refetch } = useQuery(entityQuery(params.blueprint, params.entity));
  const may = useMayOnEntity(params.blueprint, params.entity);
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!entity || !blueprint) {
    return (
      <Page narrow>
        <Skeleton lines={8} height={32} />
      </Page>
    );
  }
  if (may.known && !may.update) return <Denied />;
  return <EditEntity key={entity.identifier} blueprint={blueprint} entity={entity} />;
}

function EditEntity({ blueprint, entity }: { blueprint: ModelBlueprint; entity: Entity }) {
  const navigate = useNavigate();
  const patch = usePatchEntity(blueprint.identifier, entity.identifier);
  const checkIdentifier = useIdentifierCheck(blueprint.identifier);
  // What was there when the form was opened: later changes by others must not move under the hands.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const initial = useMemo(() => draftOf(entity, blueprint), []);
  const params = { blueprint: blueprint.identifier, entity: entity.identifier };
  return (
    <Page narrow>
      <PageTitle parts={[messages.editTitle(entity.title), titleOf(blueprint)]} />
      <PageHeader
        icon={<BlueprintIcon identifier={blueprint.identifier} icon={entity.icon ?? blueprint.icon} size={28} />}
        title={messages.editTitle(entity.title)}
      />
      <EntityForm
        blueprint={blueprint}
        initial={initial}
        isNew={false}
        submitLabel={messages.save}
        checkIdentifier={checkIdentifier}
        save={async (draft) => {
          const { entity: saved } = await patch.mutateAsync(changes(initial, draft));
          showToast({ message: messages.saved(saved.title) });
          await navigate({
            to: '/e/$blueprint/$entity/{-$tab}',
            params: { blueprint: blueprint.identifier, entity: saved.identifier },
          });
        }}
        cancel={
          <Link to="/e/$blueprint/$entity/{-$tab}" params={params} className={buttonClass({ size: 'form' })}>
            {messages.cancel}
          </Link>
        }
      />
    </Page>
  );
}
