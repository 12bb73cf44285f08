import { useMemo, useState } from 'react';
import { Code } from '../../../ui/code-field.tsx';
import { TextField } from '../../../ui/fields.tsx';
import { IconExternalLink, IconInfoCircle, IconSearch } from '../../../ui/icons.ts';
import { Markdown } from '../../../ui/markdown.tsx';
import { Notice } from '../../../ui/states.tsx';
import styles from '../entity.module.css';
import { isApiDescription, type PropertyFact, propertyFacts } from '../entity-facts.ts';
import { messages } from '../messages.ts';
import type { TabProps } from '../tab-props.ts';
import { type ApiSummary, readApi } from './api-summary.ts';
import { OperationTable } from './operation-table.tsx';

/** What the entity offers, read out of its OpenAPI or AsyncAPI description. */
export default function ApiTab({ entity, blueprint }: TabProps) {
  const described = propertyFacts(blueprint, entity).filter((fact) => isApiDescription(fact) && !fact.empty);
  return (
    <div className={styles.stack}>
      {described.map((fact) => (
        <ApiDescription key={fact.key} fact={fact} />
      ))}
    </div>
  );
}

function ApiDescription({ fact }: { fact: PropertyFact }) {
  const reading = useMemo(() => readApi(fact.value), [fact.value]);
  if (reading.kind === 'address') {
    return (
      <p>
        {messages.elsewhere}{' '}
        <a href={reading.url} target="_blank" rel="noreferrer noopener" className={styles.textLink}>
          {reading.url} <IconExternalLink size={12} aria-hidden="true" />
        </a>
      </p>
    );
  }
  return (
    <>
      {reading.kind === 'summary' ? (
        <Summary summary={reading.summary} />
      ) : (
        <Notice tone="info" icon={<IconInfoCircle size={16} />}>
          {reading.reason}
        </Notice>
      )}
      <details className={styles.raw} open={reading.kind === 'text'}>
        <summary>{messages.raw}</summary>
        <Code
          readOnly
          label={`${fact.title}: ${messages.raw}`}
          language={reading.kind === 'text' ? 'text' : reading.text.trimStart().startsWith('{') ? 'json' : 'yaml'}
          value={reading.text}
        />
      </details>
    </>
  );
}

function Summary({ summary }: { summary: ApiSummary }) {
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const operations = summary.operations.filter(({ verb, place, summary: text, tag }) =>
    `${verb} ${place} ${text ?? ''} ${tag ?? ''}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <section className={styles.card}>
        <h2 className={styles.sectionTitle}>
          {summary.title ?? summary.format} <span className={styles.quiet}>{summary.version}</span>
        </h2>
        <p className={styles.quiet}>
          {summary.format} {summary.formatVersion} · {messages.operations(summary.operations.length)}
          {summary.servers.length > 0 && ` · ${messages.servers}: ${summary.servers.join(', ')}`}
        </p>
        {summary.description && <Markdown text={summary.description} />}
      </section>
      {summary.operations.length > 5 && (
        <TextField
          label={messages.filterOperations}
          hideLabel
          type="search"
          placeholder={messages.filterOperations}
          icon={<IconSearch size={16} />}
          value={words}
          onChange={setWords}
        />
      )}
      {summary.operations.length === 0 ? (
        <p className={styles.quiet}>{messages.noOperations}</p>
      ) : (
        <OperationTable operations={operations} />
      )}
    </>
  );
}
