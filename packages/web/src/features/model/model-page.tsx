import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { titleOf, useModel } from '../../data/model.ts';
import { useMay } from '../../data/session.ts';
import { Failure } from '../../shell/failures.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { modelPlace } from '../blueprints/places.ts';
import { NewBlueprintDialog } from './editors/new-blueprint-dialog.tsx';
import { messages } from './messages.ts';
import styles from './model.module.css';
import { ModelBar } from './model-bar.tsx';
import { ModelEmpty } from './model-empty.tsx';
import { ModelList } from './model-list.tsx';
import { modelView } from './model-view.ts';
import { BlueprintPanel } from './panel/blueprint-panel.tsx';
import { NewBlueprintPanel } from './panel/new-blueprint-panel.tsx';
import { UnknownBlueprint } from './panel/unknown-blueprint.tsx';
import { isChanged, useDrafts } from './use-drafts.ts';

const loadCanvas = () => import('./model-canvas.tsx');
const ModelCanvas = lazy(loadCanvas);
// Together with the model, not after it.
void loadCanvas();

/** Blueprints and their relations, as a drawing or a list; the selected one is edited beside it. */
export function ModelPage() {
  const { blueprint: selected } = useParams({ from: '/signed-in/build/model/{-$blueprint}' });
  const search = useSearch({ from: '/signed-in/build/model/{-$blueprint}' });
  const navigate = useNavigate();
  const model = useModel();
  const drafts = useDrafts();
  const mayWrite = useMay()('blueprint:write');
  const view = modelView(search.view, useNarrow());
  if (model.error) return <Failure error={model.error} onRetry={() => void model.refetch()} />;
  if (!model.data) return <Skeleton lines={8} />;
  const blueprints = model.data;
  const blueprint = blueprints.find(({ identifier }) => identifier === selected);
  const select = (identifier: string | undefined) =>
    void navigate({
      ...modelPlace(identifier),
      search: ({ view, system, tab }) => ({
        ...(view ? { view } : {}),
        ...(system ? { system } : {}),
        ...(tab && identifier !== undefined ? { tab } : {}),
      }),
    });
  const isNew = search.new === true;
  const showSystem = search.system === true || blueprint?.system === true;
  const shown = blueprints.filter(({ system }) => showSystem || !system);
  const edited = new Set(
    blueprints.filter((each) => isChanged(drafts.editOf(each))).map(({ identifier }) => identifier),
  );
  const stage = { blueprints: shown, selected, edited, onSelect: select };
  return (
    <div className={styles.page}>
      <PageTitle parts={blueprint ? [titleOf(blueprint), messages.title] : [messages.title]} />
      <ModelBar blueprints={blueprints} view={view} showSystem={showSystem} mayWrite={mayWrite} onSelect={select} />
      <div className={styles.body} data-open={selected !== undefined || (isNew && drafts.newEdit !== undefined)}>
        <div className={styles.stage}>
          {shown.length === 0 ? (
            <ModelEmpty mayWrite={mayWrite} />
          ) : view === 'list' ? (
            <ModelList {...stage} />
          ) : (
            <Suspense fallback={<Skeleton lines={8} />}>
              <ModelCanvas {...stage} />
            </Suspense>
          )}
        </div>
        {isNew && drafts.newEdit && <NewBlueprintPanel drafts={drafts} edit={drafts.newEdit} onDone={select} />}
        {!isNew && blueprint && (
          <BlueprintPanel
            key={blueprint.identifier}
            blueprint={blueprint}
            drafts={drafts}
            mayWrite={mayWrite}
            onSelect={select}
          />
        )}
        {!isNew && selected !== undefined && !blueprint && (
          <UnknownBlueprint identifier={selected} onClose={() => select(undefined)} />
        )}
      </div>
      {isNew && !drafts.newEdit && mayWrite && (
        <NewBlueprintDialog
          taken={blueprints.map(({ identifier }) => identifier)}
          onStart={drafts.startNew}
          onClose={() => select(undefined)}
        />
      )}
    </div>
  );
}
