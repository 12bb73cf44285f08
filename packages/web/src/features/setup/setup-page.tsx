import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { messageOf } from '../../data/client.ts';
import { keys } from '../../data/keys.ts';
import { useLiveMessages } from '../../data/live.ts';
import { useMay, useSession } from '../../data/session.ts';
import { useCreateLocation, useLoadDemo, useStartBlank } from '../../data/sources.ts';
import { Page } from '../../shell/page.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { IconDatabaseImport, IconLink, IconSchema, IconSparkles } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Notice } from '../../ui/states.tsx';
import { messages } from './messages.ts';
import styles from './setup-page.module.css';

/** The first run: from an empty install to a useful page, four ways. */
export function SetupPage() {
  const may = useMay();
  useLeaveWhenFilled();
  return (
    <Page>
      <PageTitle parts={[messages.title]} />
      <PageHeader title={messages.title} description={messages.text} />
      <div className={styles.choices}>
        {may('source:write') && <DemoChoice />}
        <ImportChoice />
        {may('source:write') && <RegisterChoice />}
        {may('organization:write') && <BlankChoice />}
      </div>
    </Page>
  );
}

/** Goes home as soon as there is something to see, whoever brought it. */
function useLeaveWhenFilled(): void {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { firstRun } = useSession();
  useLiveMessages(() => void client.invalidateQueries({ queryKey: keys.session }));
  useEffect(() => {
    if (!firstRun) void navigate({ to: '/', replace: true });
  }, [firstRun, navigate]);
}

function Choice({
  icon,
  title,
  text,
  children,
}: {
  icon: ReactNode;
  title: string;
  text: string;
  children: ReactNode;
}) {
  return (
    <section className={styles.choice} aria-label={title}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{text}</p>
      <div className={styles.act}>{children}</div>
    </section>
  );
}

function DemoChoice() {
  const load = useLoadDemo();
  return (
    <Choice icon={<IconSparkles size={20} stroke={1.5} />} title={messages.demoTitle} text={messages.demoText}>
      <Button variant="primary" size="form" busy={load.isPending} onClick={() => load.mutate(undefined)}>
        {messages.demo}
      </Button>
      <Refusal error={load.error} />
    </Choice>
  );
}

function ImportChoice() {
  const command = messages.importCommand;
  return (
    <Choice
      icon={<IconDatabaseImport size={20} stroke={1.5} />}
      title={messages.importTitle}
      text={messages.importText}
    >
      <span className={styles.command}>
        <code>{command}</code>
        <CopyButton text={command} label={messages.copyCommand} />
      </span>
      <p className={styles.hint}>{messages.importWaiting}</p>
    </Choice>
  );
}

function RegisterChoice() {
  const register = useCreateLocation();
  const navigate = useNavigate();
  const [target, setTarget] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void register.mutateAsync(target.trim()).then(
      () => navigate({ to: '/build/sources' }),
      () => undefined,
    );
  };
  return (
    <Choice icon={<IconLink size={20} stroke={1.5} />} title={messages.registerTitle} text={messages.registerText}>
      <form className={styles.form} onSubmit={submit}>
        <TextField
          code
          type="url"
          label={messages.address}
          hideLabel
          placeholder={messages.addressExample}
          value={target}
          onChange={setTarget}
          error={register.error ? messageOf(register.error) : undefined}
          required
        />
        <Button type="submit" busy={register.isPending} disabled={target.trim() === ''}>
          {messages.register}
        </Button>
      </form>
    </Choice>
  );
}

function BlankChoice() {
  const blank = useStartBlank();
  const navigate = useNavigate();
  return (
    <Choice icon={<IconSchema size={20} stroke={1.5} />} title={messages.blankTitle} text={messages.blankText}>
      <Button
        size="form"
        busy={blank.isPending}
        onClick={() =>
          void blank.mutateAsync(undefined).then(
            () => navigate({ to: '/build/model/{-$blueprint}' }),
            () => undefined,
          )
        }
      >
        {messages.blank}
      </Button>
      <Refusal error={blank.error} />
    </Choice>
  );
}

function Refusal({ error }: { error: Error | null }) {
  return error ? <Notice tone="danger">{messageOf(error)}</Notice> : null;
}
