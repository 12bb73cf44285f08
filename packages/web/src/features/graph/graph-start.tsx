import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { searchQuery } from '../../data/entities.ts';
import { Page } from '../../shell/page.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { TextField } from '../../ui/fields.tsx';
import { IconSearch } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { EntityIcon } from '../blueprints/entity-icon.tsx';
import styles from './graph.module.css';
import type { EntityKey } from './graph-state.ts';
import { messages } from './messages.ts';

/** Without a root there is nothing to draw: find one. */
export function GraphStart({ onChoose }: { onChoose: (root: EntityKey) => void }) {
  const [words, setWords] = useState('');
  const q = useDeferredValue(words);
  const { data = [], isFetched } = useQuery(searchQuery({ q, limit: 10 }));
  return (
    <Page narrow>
      <PageTitle parts={[messages.title]} />
      <PageHeader title={messages.title} description={messages.chooseText} />
      <div>
        <TextField
          label={messages.searchEntity}
          hideLabel
          type="search"
          autoFocus
          placeholder={messages.searchEntity}
          icon={<IconSearch size={16} />}
          value={words}
          onChange={setWords}
        />
        <ul className={styles.results}>
          {data.map(({ blueprint, identifier, title, icon, blueprintTitle }) => (
            <li key={`${blueprint}/${identifier}`}>
              <button type="button" className={styles.result} onClick={() => onChoose({ blueprint, identifier })}>
                <EntityIcon blueprint={blueprint} icon={icon} />
                <span>{title}</span>
                <span className={styles.quiet}>{blueprintTitle}</span>
              </button>
            </li>
          ))}
        </ul>
        {q.trim() !== '' && isFetched && data.length === 0 && <p className={styles.quiet}>{messages.noMatch}</p>}
      </div>
    </Page>
  );
}
