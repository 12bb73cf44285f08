import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { useMayOnEntity } from '../../data/abilities.ts';
import { CallFailure, statusOf } from '../../data/client.ts';
import { type Entity, provenanceQuery } from '../../data/entities.ts';
import { type ModelBlueprint, titleOf, useModel } from '../../data/model.ts';
import { Failure, NotFound } from '../../shell/failures.tsx';
import { Page } from '../../shell/page.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { useLetterKeys } from '../../shell/use-letter-keys.ts';
import { Skeleton } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { entityPlace } from '../blueprints/places.ts';
import { copyText } from './copy-text.ts';
import { EntityHeader } from './entity-header.tsx';
import { EntityMissing } from './entity-missing.tsx';
import { type EntityTab, EntityTabs, tabOf, tabsFor } from './entity-tabs.tsx';
import { KeyFacts } from './key-facts.tsx';
import { messages } from './messages.ts';
import { LastGoodNotice } from './source/last-good-notice.tsx';
import { useEntity } from './use-entity.ts';

/** Everything about one thing. What only tells of it (origins, neighbours, history) is loaded beside it. */
export function EntityPage() {
  const { blueprint: kind, entity: identifier, tab } = useParams({ from: '/signed-in/e/$blueprint/$entity/{-$tab}' });
  const model = useModel();
  const blueprint = model.data?.find((each) => each.identifier === kind);
  const { data: entity, error, refetch, isPlaceholderData } = useEntity(kind, identifier);
  const renamedTo = entity?.identifier ?? renameIn(error);
  useRenameRedirect(renamedTo, kind, identifier, tab);

  if (model.error) return <Failure error={model.error} onRetry={() => void model.refetch()} />;
  if (model.data && !blueprint) return <NotFound>{messages.noBlueprint(kind)}</NotFound>;
  if (renamedTo !== undefined && renamedTo !== identifier) return <Waiting identifier={identifier} />;
  if (statusOf(error) === 404) {
    return <EntityMissing blueprint={blueprint} kind={kind} identifier={identifier} onFound={() => void refetch()} />;
  }
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!entity || !blueprint) return <Waiting identifier={identifier} />;
  const known = { entity, blueprint, tab, partial: isPlaceholderData };
  return <Known key={JSON.stringify([kind, identifier])} {...known} />;
}

function Waiting({ identifier }: { identifier: string }) {
  return (
    <Page>
      <PageTitle parts={[identifier]} />
      <Skeleton lines={8} />
    </Page>
  );
}

interface KnownProps {
  entity: Entity;
  blueprint: ModelBlueprint;
  tab: string | undefined;
  partial: boolean;
}

function Known({ entity, blueprint, tab, partial }: KnownProps) {
  const { data: provenance } = useQuery(provenanceQuery(blueprint.identifier, entity.identifier));
  const tabs = tabsFor(blueprint, entity);
  const open = tabOf(tabs, tab);
  useEntityKeys(entity, tabs);
  return (
    <Page>
      <PageTitle parts={[entity.title, titleOf(blueprint)]} />
      <EntityHeader entity={entity} blueprint={blueprint} provenance={provenance} />
      {provenance && <LastGoodNotice provenance={provenance} />}
      <KeyFacts key={String(partial)} entity={entity} blueprint={blueprint} />
      <EntityTabs entity={entity} tabs={tabs} />
      <Suspense fallback={<Skeleton lines={8} />}>
        {partial ? <Skeleton lines={8} /> : <open.View entity={entity} blueprint={blueprint} provenance={provenance} />}
      </Suspense>
    </Page>
  );
}

/** E edits, digits open tabs, Shift C copies the link. */
function useEntityKeys({ blueprint, identifier }: Entity, tabs: readonly EntityTab[]): void {
  const navigate = useNavigate();
  const { update } = useMayOnEntity(blueprint, identifier);
  const openTab = ({ name }: EntityTab) =>
    void navigate(entityPlace(blueprint, identifier, name === 'overview' ? undefined : name));
  useLetterKeys({
    ...Object.fromEntries(tabs.map((tab, index) => [String(index + 1), () => openTab(tab)])),
    'Shift C': () => void copyText(location.href, messages.linkCopied),
    ...(update
      ? { e: () => void navigate({ to: '/edit/$blueprint/$entity', params: { blueprint, entity: identifier } }) }
      : {}),
  });
}

/** The refusal of a former name says what the entity is called now. */
function renameIn(error: unknown): string | undefined {
  const renamedTo = error instanceof CallFailure ? error.answer?.details?.renamedTo : undefined;
  return typeof renamedTo === 'string' ? renamedTo : undefined;
}

/** Links to a former name lead on: the address follows the entity. */
function useRenameRedirect(
  current: string | undefined,
  blueprint: string,
  asked: string,
  tab: string | undefined,
): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (current === undefined || current === asked) return;
    showToast({ message: messages.renamed(asked) });
    void navigate({ ...entityPlace(blueprint, current, tab), replace: true });
  }, [current, asked, blueprint, tab, navigate]);
}
