import { Link } from '@tanstack/react-router';
import { type ModelBlueprint, titleOf, useModel } from '../../data/model.ts';
import { useMay } from '../../data/session.ts';
import { Failure } from '../../shell/failures.tsx';
import { Page } from '../../shell/page.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { IconSchema } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton, StateMessage } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { BlueprintIcon } from '../blueprints/blueprint-icon.tsx';
import styles from './blueprints-page.module.css';
import { messages } from './messages.ts';

/** All blueprints with their counts: the way into every table. */
export function BlueprintsPage() {
  const { data, error, isPending, refetch } = useModel();
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <Page>
      <PageTitle parts={[messages.blueprintsTitle]} />
      <PageHeader title={messages.blueprintsTitle} description={messages.blueprintsText} />
      {isPending ? <Skeleton lines={8} height={20} /> : <Blueprints blueprints={data} />}
    </Page>
  );
}

function Blueprints({ blueprints }: { blueprints: readonly ModelBlueprint[] }) {
  const mayModel = useMay()('blueprint:write');
  if (blueprints.length === 0) {
    return (
      <StateMessage
        icon={<IconSchema size={32} stroke={1.5} />}
        title={messages.noBlueprintsTitle}
        actions={
          mayModel && (
            <Link
              to="/build/model/{-$blueprint}"
              search={{ new: true }}
              className={buttonClass({ variant: 'primary' })}
            >
              {messages.newBlueprint}
            </Link>
          )
        }
      >
        {messages.noBlueprintsText}
      </StateMessage>
    );
  }
  const own = blueprints.filter(({ system }) => !system);
  const builtIn = blueprints.filter(({ system }) => system);
  return (
    <>
      <Cards blueprints={own} />
      {builtIn.length > 0 && (
        <section className={styles.section}>
          <h2 className={styles.heading}>{messages.builtIn}</h2>
          <Cards blueprints={builtIn} />
        </section>
      )}
    </>
  );
}

function Cards({ blueprints }: { blueprints: readonly ModelBlueprint[] }) {
  return (
    <ul className={styles.cards}>
      {blueprints.map((blueprint) => (
        <li key={blueprint.identifier}>
          <Link to="/e/$blueprint" params={{ blueprint: blueprint.identifier }} className={styles.card}>
            <BlueprintIcon identifier={blueprint.identifier} icon={blueprint.icon} size={28} />
            <span className={styles.text}>
              <span className={styles.title}>{titleOf(blueprint)}</span>
              <span className={styles.facts}>
                {messages.entities(blueprint.entityCount)}
                {blueprint.lastUpdatedAt && (
                  <>
                    {' · '}
                    <Time at={blueprint.lastUpdatedAt} />
                  </>
                )}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
