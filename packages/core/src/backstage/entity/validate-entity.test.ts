import { parseEntityRef as judgeRef } from '@backstage/catalog-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../../test/backstage/judge.ts';
import { annotate } from '../source/annotate.ts';
import { parseEntityRef } from './entity-ref.ts';
import { validateEntity } from './validate-entity.ts';

const good = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'a', annotations: {} },
  spec: { type: 'service', lifecycle: 'production', owner: 'me' },
};

function problemsOf(document: Record<string, unknown>) {
  const verdict = validateEntity(document);
  return verdict.ok ? [] : verdict.problems.map(({ path, message }) => `${path} ${message}`);
}

describe('validateEntity', () => {
  it('takes a sound entity and fills in its namespace', () => {
    expect(validateEntity(good)).toEqual({
      ok: true,
      entity: { ...good, metadata: { ...good.metadata, namespace: 'default' } },
    });
  });

  it('says everything that is wrong at once', () => {
    const document = {
      ...good,
      status: {},
      metadata: {
        name: 'no spaces',
        namespace: 'UPPER',
        tags: ['ok', 'Not ok'],
        labels: { 'a/b/c': 'x', on: true },
        links: [{ url: 'nowhere' }, { title: '' }],
      },
      spec: { type: '', dependsOn: 'x' },
    };
    expect(problemsOf(document).sort()).toEqual([
      'metadata.labels.a/b/c must be a key of letters, digits and any of - _ . between them, 63 characters at most, which may have a lower-case DNS name and a slash in front, not "a/b/c"',
      'metadata.labels.on must be a text, not true',
      'metadata.links.0.url must be an absolute URL, not "nowhere"',
      'metadata.links.1.title must be some text, not ""',
      'metadata.links.1.url is missing',
      'metadata.name must be letters, digits and any of - _ . between them, 63 characters at most, not "no spaces"',
      'metadata.namespace must be lower-case letters and digits with single or repeated - between them, 63 characters at most, not "UPPER"',
      'metadata.tags.1 must be lower-case letters, digits and any of : + #, with single - between them, 63 characters at most, not "Not ok"',
      'spec.dependsOn must be a list',
      'spec.lifecycle is missing',
      'spec.owner is missing',
      'spec.type must not be empty',
      'status is not one of the fields apiVersion, kind, metadata, spec',
    ]);
  });

  it.each([
    ['a built-in kind under a foreign apiVersion', { apiVersion: 'backstage.io/v1beta2' }, 'unknown_kind_version'],
    ['a built-in kind in other letters', { kind: 'component' }, 'unknown_kind_version'],
    ['a reference that names no kind', { spec: { ...good.spec, dependsOn: ['x'] } }, 'invalid_entity'],
    ['a NUL', { metadata: { name: 'a', description: '\0' } }, 'invalid_entity'],
    ['half of a surrogate pair', { metadata: { name: 'a', description: '\uD800' } }, 'invalid_entity'],
  ])('refuses %s', (_, change, code) => {
    expect(validateEntity({ ...good, ...change })).toMatchObject({ ok: false, code });
  });

  it('takes kinds it has never heard of, as long as the envelope is sound', () => {
    expect(validateEntity({ apiVersion: 'a.b/v1', kind: 'Gadget', metadata: { name: 'x' } })).toMatchObject({
      ok: true,
    });
    expect(validateEntity({ apiVersion: 'a.b/v1', kind: 'Gadget', metadata: {} })).toMatchObject({ ok: false });
  });

  it('knows what is no entity at all', () => {
    expect(validateEntity({ openapi: '3.0.0' })).toMatchObject({ ok: false, code: 'not_an_entity' });
  });

  it("agrees with Backstage's own validators on documents nearly right", async () => {
    await fc.assert(
      fc.asyncProperty(nearly, async (document) => {
        const theirs = await judge(structuredClone(document)).then(
          () => true,
          () => false,
        );
        expect(validateEntity(annotate(document, 'file:a', 'file:a')).ok).toBe(theirs);
      }),
      { numRuns: 600 },
    );
  });
});

/** Documents with a few fields off: each field is mostly good and now and then anything. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    ' ',
    'a b',
    'A',
    'x/y',
    'x:y',
    ':x',
    'a/',
    5,
    true,
    null,
    [],
    {},
    [''],
    ['a'],
    [1],
    'a'.repeat(64),
  ),
  fc.string({ maxLength: 5 }),
);
const mostly = (...values: unknown[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: odd });
const refs = mostly([], ['component:a'], ['api:x/y', 'resource:b']);

const nearly = fc
  .record(
    {
      apiVersion: mostly('backstage.io/v1alpha1', 'backstage.io/v1beta1'),
      kind: mostly(
        'Component',
        'API',
        'Resource',
        'System',
        'Domain',
        'Group',
        'User',
        'Location',
        'AiResource',
        'Gadget',
      ),
      metadata: fc.record(
        {
          name: mostly('a', 'a.B-c_1'),
          namespace: mostly('default', 'a-b'),
          title: mostly('T'),
          description: mostly('', 'd'),
          uid: mostly('u'),
          etag: mostly('e'),
          labels: mostly({}, { a: 'b', 'x.y/z': '' }),
          annotations: mostly({}, { 'a/b': 'anything at all' }),
          tags: mostly([], ['a', 'c++', 'x:y']),
          links: mostly([], [{ url: 'https://a.b' }, { url: 'x:y', title: 't', icon: 'i', type: 't' }]),
        },
        { requiredKeys: ['name', 'annotations'] },
      ),
      spec: fc.record(
        {
          type: mostly('service', 'mcp-server', 'skill', 'rule', 'plugin'),
          lifecycle: mostly('production'),
          owner: mostly('me', 'group:x/me', 'user:me'),
          system: mostly('s'),
          subcomponentOf: mostly('c'),
          domain: mostly('d'),
          subdomainOf: mostly('d'),
          definition: mostly('openapi: 3'),
          remotes: mostly([{ type: 'sse', url: 'u' }]),
          providesApis: mostly([], ['a']),
          dependsOn: refs,
          dependencyOf: refs,
          children: mostly([], ['g']),
          members: mostly([], ['u']),
          memberOf: mostly([], ['g']),
          parent: mostly('g'),
          profile: mostly({}, { displayName: 'n', email: 'e', picture: 'p' }),
          target: mostly('./a.yaml'),
          targets: mostly(['./a.yaml']),
          presence: mostly('required', 'optional'),
          skills: mostly(['s']),
          category: mostly('c'),
          rationale: mostly('r'),
        },
        { requiredKeys: ['type', 'lifecycle', 'owner', 'definition', 'children', 'memberOf', 'remotes', 'skills'] },
      ),
      extra: fc.constant(1),
    },
    { requiredKeys: ['apiVersion', 'kind', 'metadata', 'spec'] },
  )
  .map((document) => (document.extra && document.kind !== 'User' ? omitExtra(document) : document))
  .map((document) => JSON.parse(JSON.stringify(document)) as Record<string, unknown>);

function omitExtra({ extra: _, ...document }: Record<string, unknown>) {
  return document;
}

describe('parseEntityRef', () => {
  it('agrees with Backstage on any text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom('a', 'B', ':', '/', '.', ' ')).map((parts) => parts.join('')),
    );
    const defaults = fc.record({
      kind: fc.constantFrom('Group', undefined),
      namespace: fc.constantFrom('ns', undefined),
    });
    fc.assert(
      fc.property(text, defaults, (ref, { kind, namespace }) => {
        const theirs = attempt(() =>
          judgeRef(ref, {
            ...(kind ? { defaultKind: kind } : {}),
            ...(namespace ? { defaultNamespace: namespace } : {}),
          }),
        );
        expect(attempt(() => parseEntityRef(ref, { kind, namespace }))).toEqual(theirs);
      }),
    );
  });
});

function attempt<T>(action: () => T): T | 'refused' {
  try {
    return action();
  } catch {
    return 'refused';
  }
}
