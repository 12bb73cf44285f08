import { type ReactNode, Suspense, useState } from 'react';
import type { ModelBlueprint } from '../../data/model.ts';
import { lookOf } from '../../kinds/index.ts';
import { TextField } from '../../ui/fields.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { type Draft, identifierFrom, withValue } from './draft.ts';
import styles from './entity-form.module.css';
import { EntityPicker } from './entity-picker.tsx';
import { messages } from './messages.ts';
import type { FieldProblems } from './problems.ts';

export interface EntityFieldsProps {
  blueprint: ModelBlueprint;
  draft: Draft;
  onChange: (draft: Draft) => void;
  problems: FieldProblems;
  /** Called when a field is left, so that it is checked from then on. */
  onLeave: (field: string) => void;
  /** A new entity's identifier follows its title until somebody writes it. */
  isNew: boolean;
}

/** The form: what it is, its properties as the blueprint declares them, its relations. */
export function EntityFields(props: EntityFieldsProps) {
  const { blueprint } = props;
  const hasRelations = Object.keys(blueprint.relations).length > 0;
  const hasProperties = Object.keys(blueprint.schema.properties).length > 0;
  return (
    <>
      <Section title={messages.about}>
        <Names {...props} />
      </Section>
      {hasProperties && (
        <Section title={messages.properties}>
          <Properties {...props} />
        </Section>
      )}
      {hasRelations && (
        <Section title={messages.relations}>
          <Relations {...props} />
        </Section>
      )}
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      <Suspense fallback={<Skeleton lines={4} height={32} />}>{children}</Suspense>
    </section>
  );
}

function Names({ blueprint, draft, onChange, problems, onLeave, isNew }: EntityFieldsProps) {
  const [own, setOwn] = useState(!isNew);
  const setTitle = (title: string) =>
    onChange({ ...draft, title, ...(own ? {} : { identifier: identifierFrom(title) }) });
  return (
    <>
      <div id="field-title">
        <TextField
          label={messages.title}
          description={messages.titleHelp}
          value={draft.title}
          onChange={setTitle}
          onBlur={() => onLeave('title')}
          error={problems.title}
          autoFocus={isNew}
        />
      </div>
      <div id="field-identifier">
        <TextField
          code
          label={messages.identifier}
          description={messages.identifierHelp}
          value={draft.identifier}
          onChange={(identifier) => {
            setOwn(identifier !== '');
            onChange({ ...draft, identifier });
          }}
          onBlur={() => onLeave('identifier')}
          error={problems.identifier}
          maxLength={1000}
        />
      </div>
      {blueprint.identifier !== '_team' && (
        <div id="field-team">
          <EntityPicker
            label={messages.owners}
            description={messages.ownersHelp}
            target="_team"
            many
            acceptWords
            value={draft.team}
            onChange={(team) => onChange({ ...draft, team })}
            error={problems.team}
          />
        </div>
      )}
    </>
  );
}

function Properties({ blueprint, draft, onChange, problems, onLeave }: EntityFieldsProps) {
  return Object.entries(blueprint.schema.properties).map(([key, property]) => {
    const { Input } = lookOf(property);
    const field = `properties.${key}`;
    return (
      <div key={key} id={`field-${field}`}>
        <Input
          property={property}
          label={property.title || key}
          value={draft.properties[key]}
          onChange={(value) => onChange({ ...draft, properties: withValue(draft.properties, key, value) })}
          onBlur={() => onLeave(field)}
          error={problems[field]}
          required={blueprint.schema.required.includes(key)}
        />
      </div>
    );
  });
}

function Relations({ blueprint, draft, onChange, problems, onLeave }: EntityFieldsProps) {
  return Object.entries(blueprint.relations).map(([key, relation]) => {
    const field = `relations.${key}`;
    const set = (identifiers: string[]) => {
      const value = relation.many ? identifiers : identifiers[0];
      onChange({ ...draft, relations: withValue(draft.relations, key, value) });
    };
    return (
      <div key={key} id={`field-${field}`}>
        <EntityPicker
          label={relation.title || key}
          description={relation.description}
          target={relation.target}
          many={relation.many}
          value={[draft.relations[key] ?? []].flat()}
          onChange={set}
          onBlur={() => onLeave(field)}
          error={problems[field]}
          required={relation.required}
        />
      </div>
    );
  });
}
