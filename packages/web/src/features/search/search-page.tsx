import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type SearchResult, searchQuery } from '../../data/entities.ts';
import { titleOf, useModel } from '../../data/model.ts';
import { TeamChip } from '../../kinds/person.tsx';
import { Failure } from '../../shell/failures.tsx';
import { Page } from '../../shell/page.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { IconSearch } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton, StateMessage } from '../../ui/states.tsx';
import { BlueprintIcon } from '../blueprints/blueprint-icon.tsx';
import { EntityLink } from '../blueprints/entity-link.tsx';
import { messages } from './messages.ts';
import styles from './search-page.module.css';

/** The most results shown. */
const MOST = 100;

/** Everything that words find, over all kinds or one; the question is in the URL. */
export function SearchPage() {
  const { q = '', blueprint } = useSearch({ from: '/signed-in/search' });
  const navigate = useNavigate({ from: '/search' });
  const model = useModel();
  const change = (patch: { q?: string | undefined; blueprint?: string | undefined }) => {
    const next = { q: q || undefined, blueprint, ...patch };
    const search = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
    void navigate({ search, replace: true });
  };
  return (
    <Page>
      <PageTitle parts={[q ? `${q} - ${messages.title}` : messages.title]} />
      <PageHeader title={messages.title} />
      <search className={styles.bar}>
        <Words key={q === '' ? 'empty' : 'words'} words={q} onChange={(words) => change({ q: words || undefined })} />
        <Select
          label={messages.kind}
          hideLabel
          placeholder={messages.anyKind}
          options={(model.data ?? []).map((each) => ({ value: each.identifier, label: titleOf(each) }))}
          value={blueprint ?? null}
          onChange={(next) => change({ blueprint: next ?? undefined })}
          clearable
        />
      </search>
      <Results q={q} blueprint={blueprint} onWiden={() => change({ blueprint: undefined })} />
    </Page>
  );
}

function Words({ words, onChange }: { words: string; onChange: (words: string) => void }) {
  const [text, setText] = useState(words);
  useEffect(() => {
    if (text.trim() === words) return;
    const timer = setTimeout(() => onChange(text.trim()), 200);
    return () => clearTimeout(timer);
  });
  return (
    <TextField
      label={messages.label}
      hideLabel
      type="search"
      placeholder={messages.placeholder}
      icon={<IconSearch size={16} stroke={1.5} />}
      value={text}
      onChange={setText}
      autoFocus
    />
  );
}

interface ResultsProps {
  q: string;
  blueprint: string | undefined;
  onWiden: () => void;
}

function Results({ q, blueprint, onWiden }: ResultsProps) {
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(
    searchQuery({ q, limit: MOST, ...(blueprint ? { blueprint } : {}) }),
  );
  if (q.trim() === '') return <p className={styles.quiet}>{messages.start}</p>;
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Skeleton lines={8} height={24} />;
  if (data.length === 0) {
    return (
      <StateMessage
        icon={<IconSearch size={32} stroke={1.5} />}
        title={messages.noneTitle(q)}
        actions={blueprint && <Button onClick={onWiden}>{messages.widen}</Button>}
      >
        {messages.noneText}
      </StateMessage>
    );
  }
  return (
    <section className={styles.results} data-dimmed={isPlaceholderData} aria-label={messages.title}>
      <p className={styles.quiet} role="status">
        {data.length === MOST ? messages.most(MOST) : messages.results(data.length)}
      </p>
      <ul>
        {data.map((result) => (
          <Result key={`${result.blueprint}/${result.identifier}`} result={result} />
        ))}
      </ul>
    </section>
  );
}

function Result({ result }: { result: SearchResult }) {
  return (
    <li>
      <EntityLink blueprint={result.blueprint} entity={result.identifier} className={styles.result ?? ''}>
        <BlueprintIcon identifier={result.blueprint} icon={result.icon} />
        <span className={styles.text}>
          <span className={styles.title}>{result.title}</span>
          {result.identifier !== result.title && <span className={styles.identifier}>{result.identifier}</span>}
        </span>
        {result.team.slice(0, 2).map((team) => (
          <TeamChip key={team} name={team} />
        ))}
        <span className={styles.kind}>{result.blueprintTitle}</span>
      </EntityLink>
    </li>
  );
}
