import { useBlocker } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { ModelBlueprint } from '../../data/model.ts';
import { Button } from '../../ui/button.tsx';
import { CodeField } from '../../ui/code-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/states.tsx';
import { Segmented } from '../../ui/toggles.tsx';
import { type Draft, parseDraft, same } from './draft.ts';
import { EntityFields } from './entity-fields.tsx';
import styles from './entity-form.module.css';
import { messages } from './messages.ts';
import { type FieldProblems, missingIn, problemsOf } from './problems.ts';

export interface EntityFormProps {
  blueprint: ModelBlueprint;
  initial: Draft;
  isNew: boolean;
  submitLabel: string;
  /** Sends what was entered; the form shows what the server refuses, and where. */
  save: (draft: Draft) => Promise<unknown>;
  /** A problem with the identifier, asked for when its field is left. */
  checkIdentifier: (identifier: string) => Promise<string | undefined>;
  cancel: ReactNode;
}

/** Form and JSON are two views of one draft; either may be left for the other at any time. */
export function EntityForm(props: EntityFormProps) {
  const { blueprint, initial, isNew, submitLabel, save, checkIdentifier, cancel } = props;
  const [draft, setDraft] = useState(initial);
  const [mode, setMode] = useState<'form' | 'json'>('form');
  const [problems, setProblems] = useState<FieldProblems>({});
  const [saving, setSaving] = useState(false);
  const saved = useRef(false);
  const dirty = !same(initial, draft);
  const leaving = useBlocker({
    shouldBlockFn: () => dirty && !saved.current,
    enableBeforeUnload: () => dirty && !saved.current,
    withResolver: true,
  });

  const change = (next: Draft) => {
    setDraft(next);
    setProblems((before) => withoutChanged(before, draft, next));
  };
  const leave = async (field: string) => {
    if (field === 'identifier' && draft.identifier !== initial.identifier && draft.identifier !== '') {
      const problem = await checkIdentifier(draft.identifier);
      if (problem) setProblems((before) => ({ ...before, identifier: problem }));
    } else {
      const missing = missingIn(draft, blueprint)[field];
      if (missing) setProblems((before) => ({ ...before, [field]: missing }));
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const missing = missingIn(draft, blueprint);
    setProblems(missing);
    if (Object.keys(missing).length > 0) return;
    setSaving(true);
    saved.current = true;
    await save(draft).catch((error: unknown) => {
      saved.current = false;
      setProblems(problemsOf(error));
    });
    setSaving(false);
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
      }}
    >
      <div className={styles.mode}>
        <Segmented
          label={messages.mode}
          options={[
            { value: 'form', label: messages.form },
            { value: 'json', label: messages.json },
          ]}
          value={mode}
          onChange={setMode}
        />
      </div>
      <Summary problems={problems} blueprint={blueprint} />
      {mode === 'form' ? (
        <EntityFields
          blueprint={blueprint}
          draft={draft}
          onChange={change}
          problems={problems}
          onLeave={(field) => void leave(field)}
          isNew={isNew}
        />
      ) : (
        <JsonView draft={draft} onChange={change} />
      )}
      <div className={styles.footer}>
        {cancel}
        <Button type="submit" variant="primary" size="form" busy={saving} disabled={!isNew && !dirty}>
          {submitLabel}
        </Button>
      </div>
      <LeaveDialog status={leaving.status} onLeave={() => leaving.proceed?.()} onStay={() => leaving.reset?.()} />
    </form>
  );
}

/** Problems of fields that have been changed since are no longer known to be problems. */
function withoutChanged(problems: FieldProblems, before: Draft, after: Draft): FieldProblems {
  return Object.fromEntries(
    Object.entries(problems).filter(([field]) => field !== '' && same(at(before, field), at(after, field))),
  );
}

function at(draft: Draft, field: string): unknown {
  const [room, key] = field.split('.');
  if (room === 'properties' || room === 'relations') return draft[room][key ?? ''];
  return draft[room as 'identifier' | 'title' | 'team'];
}

/** All that is wrong, above the form, each line leading to its field. Takes the focus when it appears. */
function Summary({ problems, blueprint }: { problems: FieldProblems; blueprint: ModelBlueprint }) {
  const list = Object.entries(problems);
  const box = useRef<HTMLDivElement>(null);
  const count = list.length;
  useEffect(() => {
    if (count > 0) box.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);
  if (count === 0) return null;
  return (
    <div ref={box}>
      <Notice tone="danger">
        <p className={styles.problemTitle}>{messages.problemsTitle(count)}</p>
        <ul>
          {list.map(([field, message]) => (
            <li key={field}>
              {field === '' ? (
                message
              ) : (
                <a className={styles.problemLink} href={`#field-${field}`} onClick={(event) => goTo(event, field)}>
                  {labelOf(field, blueprint)}: {message}
                </a>
              )}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

function goTo(event: React.MouseEvent, field: string): void {
  const control = document.getElementById(`field-${field}`)?.querySelector<HTMLElement>('input, textarea, button');
  if (!control) return;
  event.preventDefault();
  control.focus();
}

function labelOf(field: string, blueprint: ModelBlueprint): string {
  const [room, key = ''] = field.split('.');
  if (room === 'properties') return blueprint.schema.properties[key]?.title || key;
  if (room === 'relations') return blueprint.relations[key]?.title || key;
  const names: Record<string, string> = {
    identifier: messages.identifier,
    title: messages.title,
    team: messages.owners,
  };
  return names[field] ?? field;
}

function JsonView({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const [text, setText] = useState(() => JSON.stringify(draft, null, 2));
  const [error, setError] = useState<string>();
  const change = (next: string) => {
    setText(next);
    const read = parseDraft(next);
    if ('draft' in read) onChange(read.draft);
    setError(
      'draft' in read ? undefined : read.reason === undefined ? messages.notEntity : messages.notJson(read.reason),
    );
  };
  return (
    <CodeField
      label={messages.asJson}
      description={messages.asJsonHelp}
      language="json"
      value={text}
      onChange={change}
      error={error}
      minHeight={320}
    />
  );
}

function LeaveDialog({
  status,
  onLeave,
  onStay,
}: {
  status: 'blocked' | 'idle';
  onLeave: () => void;
  onStay: () => void;
}) {
  return (
    <Dialog
      opened={status === 'blocked'}
      onClose={onStay}
      title={messages.leaveTitle}
      footer={
        <>
          <Button variant="danger" onClick={onLeave}>
            {messages.leave}
          </Button>
          <Button variant="primary" onClick={onStay}>
            {messages.stay}
          </Button>
        </>
      }
    >
      {messages.leaveText}
    </Dialog>
  );
}
