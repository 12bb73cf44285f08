import { IconInfoCircle } from '../../../ui/icons.ts';
import { Checkbox } from '../../../ui/toggles.tsx';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import { type BlueprintPlan, effectKey, type PlanEffect, planView } from './plan.ts';

interface EffectListProps {
  plan: BlueprintPlan;
  ticked: ReadonlySet<string>;
  onTick: (ticked: ReadonlySet<string>) => void;
}

/** What happens to stored entities; each effect that loses values has to be ticked. */
export function EffectList({ plan, ticked, onTick }: EffectListProps) {
  const { destructive, harmless, headline } = planView(plan);
  const toggle = (key: string, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(key);
    else next.delete(key);
    onTick(next);
  };
  return (
    <section aria-labelledby="plan-effects">
      <h3 id="plan-effects" className={styles.sectionTitle}>
        {messages.planEffects}
      </h3>
      <p>{headline}</p>
      {destructive.length > 0 && (
        <fieldset className={styles.losses}>
          <legend>{messages.planLost}</legend>
          {destructive.map((effect) => (
            <Checkbox
              key={effectKey(effect)}
              checked={ticked.has(effectKey(effect))}
              onChange={(on) => toggle(effectKey(effect), on)}
              label={<Effect effect={effect} />}
            />
          ))}
        </fieldset>
      )}
      <ul className={styles.changes}>
        {harmless.map((effect) => (
          <li key={effectKey(effect)} className={styles.change}>
            <IconInfoCircle size={14} aria-hidden="true" />
            <Effect effect={effect} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Effect({ effect: { message, entities } }: { effect: PlanEffect }) {
  return (
    <span>
      {message} {entities > 0 && <span className={styles.quiet}>{messages.planConcerned(entities)}</span>}
    </span>
  );
}
