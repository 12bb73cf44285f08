import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { IconSearch } from '../../ui/icons.ts';
import { Select } from '../../ui/select.tsx';
import { messages } from './messages.ts';
import { filterProblems, type ListedProblem, problemPlace, type Source } from './source-view.ts';
import styles from './sources.module.css';

/** So many rows are drawn; whoever has more narrows them down. */
const SHOWN = 200;

/** Every document that was not taken: file, place, reason and remedy. The filter is in the URL. */
export function ProblemTable({ problems, all }: { problems: readonly ListedProblem[]; all: readonly Source[] }) {
  const { q = '', source } = useSearch({ from: '/signed-in/build/sources' });
  const navigate = useNavigate({ from: '/build/sources' });
  const shown = filterProblems(problems, q, source);
  const set = (next: { q?: string | undefined; source?: string | undefined }) => {
    const { q: words, source: chosen } = { q, source, ...next };
    void navigate({ search: { ...(words ? { q: words } : {}), ...(chosen ? { source: chosen } : {}) }, replace: true });
  };
  return (
    <section id="problems" className={styles.problems} aria-labelledby="problems-title">
      <div>
        <h2 id="problems-title" className={styles.sectionTitle}>
          {messages.problemsTitle} <span className={styles.quiet}>{messages.shown(shown.length, problems.length)}</span>
        </h2>
        <p className={styles.quiet}>{problems.length === 0 ? messages.noProblems : messages.problemsText}</p>
      </div>
      {problems.length > 0 && (
        <>
          <div className={styles.filters}>
            <div className={styles.words}>
              <TextField
                label={messages.filter}
                hideLabel
                type="search"
                placeholder={messages.filter}
                icon={<IconSearch size={16} />}
                value={q}
                onChange={(words) => set({ q: words })}
              />
            </div>
            {all.length > 1 && (
              <Select
                label={messages.sourceFilter}
                hideLabel
                clearable
                placeholder={messages.allSources}
                options={all.map(({ id, target }) => ({ value: id, label: target }))}
                value={source ?? null}
                onChange={(id) => set({ source: id ?? undefined })}
              />
            )}
          </div>
          {shown.length === 0 ? (
            <p className={styles.nothing}>
              {messages.noneMatches}
              <Button size="compact" onClick={() => set({ q: undefined, source: undefined })}>
                {messages.clear}
              </Button>
            </p>
          ) : (
            <Rows problems={shown.slice(0, SHOWN)} withSource={all.length > 1 && !source} />
          )}
          {shown.length > SHOWN && <p className={styles.quiet}>{messages.andMore(shown.length - SHOWN)}</p>}
        </>
      )}
    </section>
  );
}

function Rows({ problems, withSource }: { problems: readonly ListedProblem[]; withSource: boolean }) {
  const { file, place, reason, source } = messages.columns;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{file}</th>
          <th scope="col">{place}</th>
          <th scope="col">{reason}</th>
          {withSource && <th scope="col">{source}</th>}
        </tr>
      </thead>
      <tbody>
        {problems.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: problems have no identity; the list is replaced as a whole.
          <tr key={index}>
            <td>
              <code className={styles.file}>{problem.file}</code>
              {problem.entityRef && <p className={styles.quiet}>{problem.entityRef}</p>}
            </td>
            <td>{problemPlace(problem)}</td>
            <td>
              <p>{problem.message}</p>
              {problem.remedy && <p className={styles.quiet}>{problem.remedy}</p>}
            </td>
            {withSource && <td className={styles.ofSource}>{problem.source.target}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
