import { describe, expect, it } from 'vitest';
import type { ImportReport, Location } from '../../data/sources.ts';
import { filterProblems, listProblems, problemPlace, sources } from './source-view.ts';

const at = '2026-11-01T10:00:00.000Z';

const location = (target: string, change: Partial<Location> = {}): Location => ({
  id: target,
  type: 'url',
  target,
  createdAt: at,
  refreshedAt: at,
  status: 'ok',
  entities: 3,
  stale: 0,
  problems: [],
  missing: [],
  ...change,
});

const report = (source: string, change: Partial<ImportReport> = {}): ImportReport => ({
  id: source,
  source,
  startedAt: at,
  finishedAt: at,
  files: 2,
  documents: 4,
  created: 3,
  updated: 0,
  unchanged: 1,
  byBlueprint: { component: 3, api: 1 },
  blueprintsCreated: [],
  missing: [],
  trashed: 0,
  problems: [],
  ...change,
});

const broken = {
  code: 'invalid',
  file: 'a.yaml',
  document: 2,
  line: 14,
  message: 'kind is missing',
  remedy: 'Add a kind.',
};

describe('sources', () => {
  it('puts what fails first and calls a good read with broken documents what it is', () => {
    const listed = sources(
      [
        location('https://b.example'),
        location('https://a.example', { status: 'failed', message: 'no answer' }),
        location('https://c.example', { problems: [broken] }),
      ],
      [],
    );
    expect(listed.map(({ target, state }) => [target, state])).toEqual([
      ['https://a.example', 'failed'],
      ['https://c.example', 'problems'],
      ['https://b.example', 'ok'],
    ]);
  });

  it('adds the figures of the latest import to the line it was of', () => {
    const [listed] = sources([location('file:/repo', { type: 'file' })], [report('file:/repo'), report('file:/other')]);
    expect(listed).toMatchObject({ target: 'file:/repo', kind: 'files', report: { created: 3 } });
  });
});

describe('problems', () => {
  const listed = listProblems(
    sources([location('x', { problems: [{ ...broken, file: 'b.yaml' }, broken, { ...broken, document: 1 }] })], []),
  );

  it('lists them by file and place', () => {
    expect(listed.map(({ file, document }) => [file, document])).toEqual([
      ['a.yaml', 1],
      ['a.yaml', 2],
      ['b.yaml', 2],
    ]);
  });

  it('filters by words anywhere and by source', () => {
    expect(filterProblems(listed, 'KIND b.yaml')).toHaveLength(1);
    expect(filterProblems(listed, 'kind', 'another')).toHaveLength(0);
    expect(filterProblems(listed, '')).toHaveLength(3);
  });

  it('words the place', () => {
    expect(problemPlace(broken)).toBe('line 14, document 2');
    expect(problemPlace({})).toBe('');
  });
});
