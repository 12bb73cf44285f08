import type { AggregationProperty } from '@gantry/core';
import { useState } from 'react';
import { CodeField } from '../../../ui/code-field.tsx';
import { TextField } from '../../../ui/fields.tsx';
import { Select } from '../../../ui/select.tsx';
import { type Draft, definitionAt, tidy } from '../draft/draft.ts';
import { relationPaths } from '../draft/mirror-path.ts';
import { messages } from '../messages.ts';
import { detailsOf, type FigureDetails, needsProperty, specOf } from './aggregation-figures.ts';
import type { DerivedDialogProps } from './derived-dialog-props.ts';
import { EditorDialog } from './editor-dialog.tsx';
import { FigureFields } from './figure-fields.tsx';
import { useNaming } from './naming-fields.tsx';
import { TargetField } from './relation-dialog.tsx';
import { useLookup } from './use-lookup.ts';

const start: AggregationProperty = { target: '', calculationSpec: { calculationBy: 'entities', func: 'count' } };

export function AggregationDialog({ draft, editKey, onSave, onClose }: DerivedDialogProps<'aggregationProperties'>) {
  const before = editKey === undefined ? undefined : definitionAt(draft, 'aggregationProperties', editKey);
  const [definition, setDefinition] = useState<AggregationProperty>(before ?? start);
  const [details, setDetails] = useState<FigureDetails>(detailsOf(definition.calculationSpec) ?? { figure: 'count' });
  const [query, setQuery] = useState(before?.query ? JSON.stringify(before.query, null, 2) : '');
  const [isChecked, setChecked] = useState(false);
  const naming = useNaming({ draft, room: 'aggregationProperties', editKey, title: before?.title });
  const filter = readQuery(query);
  const isComplete =
    definition.target !== '' && (!needsProperty(details.figure) || details.property) && !filter.problem;
  const submit = () => {
    setChecked(true);
    if (!naming.check() || !isComplete) return;
    const { query: _, ...rest } = definition;
    const spec = { ...rest, title: naming.title, calculationSpec: specOf(details) };
    onSave(naming.key, tidy({ ...spec, ...(filter.query ? { query: filter.query } : {}) }));
  };
  return (
    <EditorDialog
      title={editKey === undefined ? messages.newAggregation : messages.editAggregation(before?.title || editKey)}
      onSubmit={submit}
      onClose={onClose}
    >
      {naming.fields}
      <TargetField
        label={messages.aggregated}
        draft={draft}
        value={definition.target}
        onChange={(target) => {
          const { pathFilter: _, ...rest } = definition;
          setDefinition({ ...rest, target });
        }}
        isChecked={isChecked}
      />
      <FigureFields
        draft={draft}
        target={definition.target}
        details={details}
        onChange={setDetails}
        isChecked={isChecked}
      />
      <PathFilterField draft={draft} definition={definition} onChange={setDefinition} />
      <CodeField
        label={messages.filter}
        description={messages.filterHelp}
        language="json"
        minHeight={72}
        value={query}
        onChange={setQuery}
        error={filter.problem}
      />
      <TextField
        label={messages.fieldDescription}
        value={definition.description ?? ''}
        onChange={(description) => setDefinition({ ...definition, description })}
      />
    </EditorDialog>
  );
}

function readQuery(text: string): { query?: Record<string, unknown>; problem?: string } {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { query: value as Record<string, unknown> };
    }
    return { problem: messages.queryObject };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : messages.queryObject };
  }
}

interface PathFilterFieldProps {
  draft: Draft;
  definition: AggregationProperty;
  onChange: (definition: AggregationProperty) => void;
}

/** Which chain of relations joins the two blueprints; by default any does. */
function PathFilterField({ draft, definition, onChange }: PathFilterFieldProps) {
  const lookup = useLookup(draft);
  const { target, pathFilter, ...rest } = definition;
  if (target === '') return null;
  const paths = [
    ...relationPaths(draft.identifier, target, lookup).map(({ path }) => ({ path })),
    ...relationPaths(target, draft.identifier, lookup),
  ];
  const chosen = pathFilter?.[0];
  const known = paths.some((path) => same(path, chosen));
  const offered = chosen && !known ? [chosen, ...paths] : paths;
  return (
    <Select
      label={messages.pathFilter}
      clearable
      placeholder={messages.anyPath}
      options={offered.map((path) => ({ value: JSON.stringify(path), label: pathLabel(path) }))}
      value={chosen ? JSON.stringify(chosen) : null}
      onChange={(value) =>
        onChange({ ...rest, target, ...(value ? { pathFilter: [JSON.parse(value) as unknown] } : {}) })
      }
    />
  );
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function pathLabel(filter: unknown): string {
  const { path, fromBlueprint } = (filter ?? {}) as { path?: unknown; fromBlueprint?: unknown };
  const chain = Array.isArray(path) ? path.join(' → ') : '?';
  return typeof fromBlueprint === 'string' ? `${fromBlueprint}: ${chain}` : chain;
}
