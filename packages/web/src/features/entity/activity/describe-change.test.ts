import { describe, expect, it } from 'vitest';
import { type Change, changeChips, changeSummary, fieldChanges, filterChanges } from './describe-change.ts';

const change = (action: Change['action'], paths: string[], origin = 'Web'): Change => ({
  id: '1',
  at: '2026-11-01T10:00:00.000Z',
  action,
  actor: { id: 'u', label: 'Dana', kind: 'user' },
  origin: { kind: 'user', label: origin },
  diff: paths.map((path) => ({ path, before: 1, after: 2 })),
});

describe('changeSummary', () => {
  it('names up to three fields', () => {
    expect(changeSummary(change('updated', ['title']), undefined)).toBe('Changed Title');
    expect(changeSummary(change('updated', ['properties.tier', 'team']), undefined)).toBe('Changed Tier and Team');
    const many = ['properties.a', 'properties.b', 'relations.c', 'icon', 'title'];
    expect(changeSummary(change('updated', many), undefined)).toBe('Changed A, B, C and 2 more');
    expect(changeSummary(change('deleted', []), undefined)).toBe('Moved to the trash');
  });

  it('says whether a field was set, changed or cleared', () => {
    const mixed = {
      ...change('updated', []),
      diff: [
        { path: 'icon', after: 'x' },
        { path: 'team', before: ['a'], after: [] },
      ],
    };
    expect(fieldChanges(mixed, undefined).map(({ verb }) => verb)).toEqual(['set', 'cleared']);
  });
});

describe('filters of the timeline', () => {
  const changes = [
    change('updated', ['title']),
    change('created', [], 'catalog-info.yaml'),
    change('updated', ['icon']),
  ];

  it('offers what occurs, most frequent first, and an empty choice means all', () => {
    expect(changeChips(changes).actions).toEqual([
      { value: 'updated', count: 2 },
      { value: 'created', count: 1 },
    ]);
    expect(filterChanges(changes, { actions: [], origins: [] })).toHaveLength(3);
    expect(filterChanges(changes, { actions: ['updated'], origins: ['catalog-info.yaml'] })).toHaveLength(0);
    expect(filterChanges(changes, { actions: [], origins: ['catalog-info.yaml'] })).toHaveLength(1);
  });
});
