import { describe, expect, it } from 'vitest';
import { filtersOf, parseAuditSearch } from './audit-search.ts';
import { differences } from './differences.ts';

describe('the URL of the audit log', () => {
  it('holds what is known and leaves out the rest', () => {
    const search = { about: 'secret', action: 'EAT', actor: 'ada', object: 7, from: '2026-11-21', to: 'soon', x: 1 };
    expect(parseAuditSearch(search)).toEqual({ about: 'secret', actor: 'ada', object: '7', from: '2026-11-21' });
    expect(parseAuditSearch({ actor: '', origin: ['UI'] })).toEqual({});
  });

  it('names days, and asks for all of the last one', () => {
    const { from, to, resources } = filtersOf({ about: 'entity', from: '2026-11-30', to: '2026-11-30' });
    expect(resources).toBe('entity');
    expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(86_400_000);
    expect(new Date(to ?? '').getDate()).toBe(1);
  });
});

describe('differences', () => {
  it('are told by the smallest part', () => {
    const before = { title: 'A', schema: { properties: { a: { type: 'string' } }, required: ['a'] }, same: { x: 1 } };
    const after = {
      title: 'B',
      schema: { properties: { a: { type: 'number' }, b: {} }, required: [] },
      same: { x: 1 },
    };
    expect(differences(before, after)).toEqual([
      { path: 'title', before: 'A', after: 'B' },
      { path: 'schema.properties.a.type', before: 'string', after: 'number' },
      { path: 'schema.properties.b', before: undefined, after: {} },
      { path: 'schema.required', before: ['a'], after: [] },
    ]);
  });

  it('of what is new or gone are all that it holds or held', () => {
    expect(differences(null, { a: { b: 1 }, c: null })).toEqual([{ path: 'a.b', before: undefined, after: 1 }]);
    expect(differences({ a: 1 }, null)).toEqual([{ path: 'a', before: 1, after: undefined }]);
    expect(differences(null, null)).toEqual([]);
  });
});
