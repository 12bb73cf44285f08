import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifierProblem, keyProblem, readDraft } from './check-draft.ts';
import {
  type Draft,
  definitionAt,
  draftOf,
  emptyDraft,
  formatDraft,
  moveDefinition,
  putDefinition,
  removeDefinition,
  renameDefinition,
  roomOf,
  setRequired,
  tidy,
} from './draft.ts';
import { draftChanges } from './draft-changes.ts';
import { isBuiltIn } from './system-parts.ts';

const service: Draft = {
  identifier: 'service',
  title: 'Service',
  schema: {
    properties: { tier: { type: 'string', enum: ['1', '2'] }, url: { type: 'string', format: 'url' } },
    required: ['tier'],
  },
  relations: { system: { target: 'system', many: false, required: false } },
  mirrorProperties: { domain: { path: 'system.domain.$title' } },
};

const key = fc.stringMatching(/^[A-Za-z0-9@_=\\-]{1,12}$/);
const property = fc.record({ type: fc.constantFrom('string' as const, 'number' as const), title: fc.string() });
const edit = fc.oneof(
  fc.record({ put: key, property }),
  fc.record({ remove: key }),
  fc.record({ require: key, required: fc.boolean() }),
  fc.record({ rename: key, to: key }),
  fc.record({ move: key, by: fc.integer({ min: -5, max: 5 }) }),
);

function apply(draft: Draft, step: typeof edit extends fc.Arbitrary<infer T> ? T : never): Draft {
  if ('put' in step) return putDefinition(draft, 'properties', step.put, step.property);
  if ('remove' in step) return removeDefinition(draft, 'properties', step.remove);
  if ('require' in step) return setRequired(draft, step.require, step.required);
  if ('move' in step) return moveDefinition(draft, 'properties', step.move, step.by);
  return keyProblem(draft, 'properties', step.to) ? draft : renameDefinition(draft, 'properties', step.rename, step.to);
}

describe('form and JSON view', () => {
  it('DM-5 agree to the byte after any series of form edits', () => {
    fc.assert(
      fc.property(fc.array(edit), (steps) => {
        const text = formatDraft(steps.reduce(apply, service));
        const read = readDraft(text);
        expect(read.ok && formatDraft(read.draft)).toBe(text);
      }),
    );
  });

  it('keeps order, unknown keys and everything that was not touched', () => {
    const author = { ...service, somethingNew: { kept: true } };
    const edited = putDefinition(author, 'properties', 'tier', { type: 'number' });
    expect(Object.keys(roomOf(edited, 'properties'))).toEqual(['tier', 'url']);
    expect(edited).toMatchObject({ somethingNew: { kept: true }, relations: service.relations });
  });

  it('leaves out what the server adds', () => {
    const answered = { ...service, createdAt: 'x', updatedBy: 'y', entityCount: 3, system: false };
    expect(draftOf(answered)).toEqual(service);
    expect(Object.keys(draftOf({ ownership: {}, title: 'x', identifier: 'y' }))).toEqual([
      'identifier',
      'title',
      'ownership',
    ]);
  });
});

describe('edits', () => {
  it('renames in place, with the required list and mirror paths following', () => {
    const renamed = renameDefinition(
      renameDefinition(service, 'properties', 'tier', 'rank'),
      'relations',
      'system',
      'part_of',
    );
    expect(Object.keys(roomOf(renamed, 'properties'))).toEqual(['rank', 'url']);
    expect(renamed.schema?.required).toEqual(['rank']);
    expect(renamed.mirrorProperties).toEqual({ domain: { path: 'part_of.domain.$title' } });
  });

  it('takes a removed property off the required list', () => {
    expect(removeDefinition(service, 'properties', 'tier').schema?.required).toEqual([]);
  });

  it('moves within the bounds', () => {
    expect(Object.keys(roomOf(moveDefinition(service, 'properties', 'url', -9), 'properties'))).toEqual([
      'url',
      'tier',
    ]);
    expect(moveDefinition(service, 'properties', 'none', 1)).toBe(service);
  });

  it('is not fooled by names every object inherits', () => {
    expect(definitionAt(service, 'properties', 'constructor')).toBeUndefined();
    expect(keyProblem(service, 'properties', 'constructor')).toBeUndefined();
    const odd = putDefinition(service, 'properties', '__proto__', { type: 'string' });
    expect(Object.keys(roomOf(odd, 'properties'))).toContain('__proto__');
    expect(draftChanges(service, odd)).toEqual([{ verb: 'added', room: 'properties', key: '__proto__', fields: [] }]);
  });

  it('drops what a form leaves unset', () => {
    expect(tidy({ type: 'string', title: '', minLength: undefined, default: false })).toEqual({
      type: 'string',
      default: false,
    });
  });
});

describe('draftChanges', () => {
  it('names what was added, changed and removed, and nothing for a mere reordering', () => {
    const after: Draft = {
      ...service,
      title: 'Microservice',
      schema: { properties: { url: { type: 'string' }, tier: { type: 'string', enum: ['1', '2'] } }, required: [] },
      relations: {},
      calculationProperties: { score: { calculation: '1', type: 'number' } },
    };
    expect(draftChanges(service, after)).toEqual([
      { verb: 'changed', room: 'blueprint', key: 'service', fields: ['title'] },
      { verb: 'changed', room: 'properties', key: 'tier', fields: ['required'] },
      { verb: 'changed', room: 'properties', key: 'url', fields: ['format'] },
      { verb: 'removed', room: 'relations', key: 'system', fields: [] },
      { verb: 'added', room: 'calculationProperties', key: 'score', fields: [] },
    ]);
    expect(draftChanges(service, moveDefinition(service, 'properties', 'url', -1))).toEqual([]);
  });
});

describe('what is wrong with a draft', () => {
  it('says so when the text is not JSON', () => {
    expect(readDraft('{"identifier": }')).toMatchObject({ ok: false, problems: [{ path: '' }] });
  });

  it('reports every part the form could not draw', () => {
    const read = readDraft(
      '{"identifier": 1, "schema": {"properties": {"a": 3}, "required": {}}, "relations": {"b": {}}}',
    );
    expect(read.ok ? [] : read.problems.map(({ path }) => path)).toEqual([
      'identifier',
      'schema.required',
      'schema.properties.a',
      'relations.b.target',
    ]);
    expect(readDraft('[]').ok).toBe(false);
    expect(readDraft('{"identifier": "x", "schema": null, "relations": null}').ok).toBe(true);
  });

  it('judges identifiers and keys', () => {
    expect(identifierProblem('dev/service.v1')).toBeUndefined();
    expect(identifierProblem('a b')).toContain('letters');
    expect(keyProblem(service, 'calculationProperties', 'tier')).toContain('already');
    expect(keyProblem(service, 'relations', 'tier')).toBeUndefined();
    expect(keyProblem(service, 'properties', 'tier', 'tier')).toBeUndefined();
    expect(keyProblem(emptyDraft(), 'properties', 'a.b')).toContain('letters');
  });
});

describe('system blueprints', () => {
  it('tells built-in parts from extensions', () => {
    expect(isBuiltIn(service, 'properties', 'tier')).toBe(true);
    expect(isBuiltIn(service, 'properties', 'extra')).toBe(false);
    expect(isBuiltIn(undefined, 'properties', 'tier')).toBe(false);
  });
});
