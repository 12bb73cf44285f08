import { describe, expect, it } from 'vitest';
import { freshness, groupByOrigin, originOf, type Provenance, recordPlace } from './provenance.ts';

describe('freshness', () => {
  const seen = (label: string, stale: boolean): Provenance['sightings'][number] => ({
    source: { id: label, kind: 'file', label },
    firstSeenAt: '2026-01-01T00:00:00.000Z',
    lastSeenAt: '2026-02-01T00:00:00.000Z',
    stale,
  });
  const of = (sightings: Provenance['sightings'], problems: Provenance['problems'] = []) =>
    freshness({ properties: {}, sightings, problems });

  it('is fresh while one source still has it, stale when none has, and manual without sources', () => {
    expect(of([seen('git', true), seen('k8s', false)])).toMatchObject({
      state: 'fresh',
      sentence: 'Vouched for by k8s.',
    });
    expect(of([seen('git', true)])).toMatchObject({ state: 'stale', sentence: 'No longer in git.' });
    expect(of([]).state).toBe('manual');
  });

  it('says that the last good version is shown when the source is broken', () => {
    const broken = of(
      [seen('git', false)],
      [{ message: 'bad', file: 'a.yaml', line: 3, at: '2026-01-01T00:00:00.000Z' }],
    );
    expect(broken.sentence).toBe('Its source could not be read (a.yaml, line 3); the last good version is shown.');
  });
});

describe('groupByOrigin', () => {
  it('gathers what came from one place, the largest group first, the unknown last', () => {
    const from = (label: string) => ({ origin: { kind: 'file', label }, at: '2026-01-01T00:00:00.000Z' });
    const properties = { 'properties.a': from('x'), 'properties.b': from('y'), 'properties.c': from('y') };
    const values = ['properties.z', 'properties.a', 'properties.b', 'properties.c'].map((path) => ({ path }));
    const groups = groupByOrigin({ properties, sightings: [], problems: [] }, values);
    expect(groups.map((group) => [group.origin?.origin.label, group.values.length])).toEqual([
      ['y', 2],
      ['x', 1],
      [undefined, 1],
    ]);
  });
});

describe('originOf', () => {
  const origin = (label: string) => ({ origin: { kind: 'file', label }, at: '2026-01-01T00:00:00.000Z' });

  it('prefers what wrote the property over what wrote the entity', () => {
    const provenance: Provenance = {
      properties: { '*': origin('import'), 'properties.tier': origin('Dana') },
      sightings: [],
      problems: [],
    };
    expect(originOf(provenance, 'properties.tier')?.origin.label).toBe('Dana');
    expect(originOf(provenance, 'properties.lang')?.origin.label).toBe('import');
    expect(originOf(undefined, 'title')).toBeUndefined();
  });

  it('says where in a file a record was', () => {
    expect(recordPlace({ file: 'a.yaml', document: 2, line: 14 })).toBe('a.yaml, document 2, line 14');
    expect(recordPlace({})).toBeUndefined();
  });
});
