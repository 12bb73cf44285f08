import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryReader } from '../../../test/backstage/memory-reader.ts';
import { annotations } from './annotate.ts';
import { type IngestLimits, ingest } from './ingest.ts';
import { type EarlierEntity, vanishedEntities } from './vanished.ts';

const component = (name: string, more = '') => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
${more}
spec: {type: service, lifecycle: production, owner: me}
`;

const location = (name: string, spec: object) =>
  JSON.stringify({ apiVersion: 'backstage.io/v1alpha1', kind: 'Location', metadata: { name }, spec });

async function walk(files: Record<string, string>, limits: Partial<IngestLimits> = {}, root = 'all.yaml') {
  const reader = memoryReader(files);
  const result = await ingest([root], reader, limits);
  return {
    result,
    reads: reader.reads,
    refs: result.entities.map(({ ref }) => ref.replace('default/', '')),
    problems: result.problems.map(
      ({ code, file, document, line }) => `${code} ${file}:${document ?? ''}:${line ?? ''}`,
    ),
    messages: result.problems.map(({ message }) => message),
  };
}

describe('ingest', () => {
  it('follows relative targets, patterns and URLs, and reads each file once', async () => {
    const { refs, reads, problems } = await walk({
      'all.yaml': location('all', {
        targets: ['./sub/a.yaml', './sub/*.yaml', 'sub/../all.yaml'],
        target: 'https://x.y/b.yaml',
      }),
      'sub/a.yaml': `${component('a')}---${component('a2')}`,
      'sub/c.yaml': location('c', { targets: ['../all.yaml', './a.yaml'] }),
      'https://x.y/b.yaml': component('b'),
    });
    expect(problems).toEqual([]);
    expect(refs).toEqual(['location:all', 'component:b', 'component:a', 'component:a2', 'location:c']);
    expect(reads.length).toBe(4);
  });

  it('reports what is broken with file, document and line, and takes the rest', async () => {
    const { refs, problems } = await walk({
      'all.yaml': `${component('a')}---\nkind: [\n---${component('b', '  tags: [Not ok]')}---\n- x\n---${component('c')}`,
    });
    expect(refs).toEqual(['component:a', 'component:c']);
    expect(problems).toEqual([
      'invalid_yaml all.yaml:2:10',
      'invalid_entity all.yaml:3:15',
      'not_an_entity all.yaml:4:18',
    ]);
  });

  it('reports a target that leads nowhere on the Location, at its line', async () => {
    const { problems, messages } = await walk({
      'all.yaml': [
        'apiVersion: backstage.io/v1alpha1',
        'kind: Location',
        'metadata: {name: all}',
        'spec:',
        '  targets:',
        '    - ./gone.yaml',
        '    - ../../etc/passwd',
        '    - ./none-*.yaml',
        '    - ./folder/',
        "    - 'javascript:alert(1)'",
        '    - ./down.yaml',
      ].join('\n'),
      'down.yaml': 'FAIL',
    });
    expect(problems).toEqual([
      'target_refused all.yaml:1:7',
      'target_absent all.yaml:1:8',
      'target_refused all.yaml:1:9',
      'target_refused all.yaml:1:10',
      'target_absent all.yaml:1:6',
      'target_failed all.yaml:1:11',
    ]);
    expect(messages[4]).toBe('the target ./gone.yaml leads nowhere: gone.yaml is not there');
  });

  it('passes over absent targets of an optional Location, but not failing ones', async () => {
    const targets = ['./gone.yaml', './none-*.yaml', './down.yaml'];
    const { problems } = await walk({
      'all.yaml': location('all', { targets, presence: 'optional' }),
      'down.yaml': 'FAIL',
    });
    expect(problems).toEqual(['target_failed all.yaml:1:1']);
  });

  it('does not let a Location from the network reach local files, nor types it cannot read', async () => {
    const url = 'https://github.com/o/r/blob/main/all.yaml';
    const { problems } = await walk(
      {
        [url]: `${location('a', { type: 'file', target: './a.yaml' })}\n---\n${location('b', { type: 'github-org', target: 'x' })}\n---\n${location('c', { target: '../../../../other/r/blob/main/x.yaml' })}`,
      },
      {},
      url,
    );
    expect(problems).toEqual(
      ['target_refused', 'target_refused', 'target_refused'].map((code, n) => `${code} ${url}:${n + 1}:${n * 2 + 1}`),
    );
  });

  it('keeps the first of two documents with one name, whatever their letter case, and names both places', async () => {
    const { refs, result } = await walk({
      'all.yaml': location('all', { targets: ['./a.yaml', './b.yaml'] }),
      'a.yaml': component('Same'),
      'b.yaml': component('same'),
    });
    expect(refs).toEqual(['location:all', 'component:same']);
    expect(result.problems).toEqual([
      {
        code: 'conflict',
        file: 'b.yaml',
        document: 1,
        line: 2,
        entityRef: 'component:default/same',
        message:
          'component:default/same was taken already from a.yaml, line 2 (names that differ only by letter case are the same name)',
        remedy: 'Rename or remove one of the two; until then the first is kept.',
      },
    ]);
  });

  it('stops at its limits with one word each', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [
        n === 0 ? 'all.yaml' : `${n}.yaml`,
        location(`l${n}`, { target: `./${n + 1}.yaml` }),
      ]),
    );
    expect((await walk(chain, { depth: 3 })).problems).toEqual(['limit_reached 3.yaml:1:1']);

    const wide = { 'all.yaml': location('all', { target: './f*.yaml' }) };
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`f${n}.yaml`, component(`c${n}`)]));
    expect((await walk({ ...wide, ...many }, { files: 4 })).problems).toEqual(['limit_reached f3.yaml::']);
    expect((await walk({ ...wide, ...many }, { entities: 4 })).problems).toEqual(['limit_reached f3.yaml::']);
  });

  it('reports a root that is not there', async () => {
    expect((await walk({})).problems).toEqual(['target_absent all.yaml::']);
  });

  it('fills placeholders from beside the file', async () => {
    const { result, problems } = await walk({
      'all.yaml': component(
        'a',
        '  one: {$text: ./doc.md}\n  two: [{$json: ./d.json}, {$yaml: ./d.yaml}]\n  other: {$openapi: ./x}\n  more: {$text: ./doc.md, b: 1}',
      ),
      'doc.md': '# hello',
      'd.json': '{"a": [1]}',
      'd.yaml': 'b: 2',
    });
    expect(problems).toEqual([]);
    expect(result.entities[0]?.entity.metadata).toMatchObject({
      one: '# hello',
      two: [{ a: [1] }, { b: 2 }],
      other: { $openapi: './x' },
      more: { $text: './doc.md', b: 1 },
    });
  });

  it('refuses an entity whose placeholders fail, each at its line', async () => {
    const { refs, problems, messages } = await walk({
      'all.yaml': component(
        'a',
        [
          '  a: {$text: ./gone.md}',
          '  b: {$json: ./broken.json}',
          '  c: {$yaml: ./two.yaml}',
          '  d: {$text: 5}',
          '  e: {$text: ../../etc/passwd}',
        ].join('\n'),
      ),
      'broken.json': '{',
      'two.yaml': 'a\n---\nb',
    });
    expect(refs).toEqual([]);
    expect(problems).toEqual([6, 7, 8, 9, 10].map((line) => `placeholder_failed all.yaml:1:${line}`));
    expect(messages[0]).toBe('metadata.a: $text: ./gone.md cannot be read: gone.md is not there');
  });

  it('says nothing of a field whose placeholder failed but that it failed', async () => {
    const api = JSON.stringify({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'API',
      metadata: { name: 'a' },
      spec: { type: 'openapi', lifecycle: 'x', definition: { $text: './gone.yaml' } },
    });
    expect((await walk({ 'all.yaml': api })).messages).toEqual([
      'spec.definition: $text: ./gone.yaml cannot be read: gone.yaml is not there',
      'spec.owner: is missing',
    ]);
  });

  it('names a placeholder it does not know where one stands in the way', async () => {
    const api = JSON.stringify({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'API',
      metadata: { name: 'a' },
      spec: { type: 'openapi', lifecycle: 'x', owner: 'o', definition: { $openapi: './a.yaml' } },
    });
    expect((await walk({ 'all.yaml': api })).result.problems).toMatchObject([
      {
        message: 'spec.definition: must be a text',
        remedy: 'The placeholder $openapi is not known here; $text, $json and $yaml are.',
      },
    ]);
  });

  it('says only so much about one document', async () => {
    const { messages } = await walk({ 'all.yaml': component('a', `  tags: [${'Not ok,'.repeat(1000)}]`) });
    expect(messages.length).toBe(50);
    expect(messages[49]).toMatch(/and 950 more problems/);
  });

  it('lets others breathe before each file', async () => {
    let breaths = 0;
    const breathe = async () => {
      breaths += 1;
    };
    await ingest(['a', 'b'], memoryReader({ a: component('a'), b: component('b') }), { breathe });
    expect(breaths).toBe(2);
  });

  it('never throws, whatever the files say', async () => {
    const word = fc.constantFrom(
      'apiVersion',
      'kind',
      'metadata',
      'spec',
      'name',
      'targets',
      'target',
      'owner',
      '$text',
      '$yaml',
      'annotations',
      'type',
    );
    const value = fc.constantFrom<unknown>(
      'backstage.io/v1alpha1',
      'Location',
      'Component',
      'a',
      './b.yaml',
      './*',
      '..',
      'url',
      'file',
      null,
      1,
      [],
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        value,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(word, tie('tree'), { maxKeys: 5 }),
      ),
    }));
    const whole = fc.record({
      apiVersion: fc.constant('backstage.io/v1alpha1'),
      kind: fc.constantFrom('Location', 'Component', 'Gadget'),
      metadata: fc.oneof(tree, fc.constant({ name: 'a' })),
      spec: fc.oneof(tree, fc.record({ targets: fc.array(value), target: tree })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(tree, whole), { maxLength: 4 }),
        fc.array(whole, { maxLength: 2 }),
        async (a, b) => {
          const text = (documents: unknown[]) => documents.map((document) => JSON.stringify(document)).join('\n---\n');
          const { result } = await walk({ 'all.yaml': text(a), 'b.yaml': text(b) });
          expect(new Set(result.entities.map(({ ref }) => ref)).size).toBe(result.entities.length);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps placeholders inside their repository', async () => {
    const url = 'https://github.com/o/r/blob/main/a.yaml';
    const file = (target: string) => component('a', `  a: {$text: "${target}"}`);
    const there = { 'https://github.com/o/r/blob/main/doc.md': 'ok', 'https://github.com/o/secret/blob/main/x': 'no' };
    expect((await walk({ ...there, [url]: file('./doc.md') }, {}, url)).problems).toEqual([]);
    const { messages } = await walk({ ...there, [url]: file('https://github.com/o/secret/blob/main/x') }, {}, url);
    expect(messages[0]).toMatch('may only point into its own repository github.com/o/r');
  });

  it('writes where an entity came from', async () => {
    const url = 'https://github.com/o/r/blob/main/all.yaml';
    const { result } = await walk(
      {
        [url]: location('all', { target: './x/a.yaml' }),
        'https://github.com/o/r/blob/main/x/a.yaml': component(
          'a',
          '  annotations: {backstage.io/managed-by-location: "file:lie", backstage.io/view-url: "java\\nscript:x"}',
        ),
      },
      {},
      url,
    );
    expect(result.entities[1]?.entity.metadata.annotations).toEqual({
      [annotations.location]: 'url:https://github.com/o/r/blob/main/x/a.yaml',
      [annotations.origin]: `url:${url}`,
      [annotations.view]: 'about:blank',
      [annotations.edit]: 'https://github.com/o/r/edit/main/x/a.yaml',
      [annotations.source]: 'url:https://github.com/o/r/tree/main/x/',
    });
  });

  it('survives hostile documents', async () => {
    const hostile = [
      '__proto__: {polluted: true}\nkind: Component\n',
      'apiVersion: 1\nkind: {}\nmetadata: []\nspec: 5\n',
      `apiVersion: a/v1\nkind: X\nmetadata: {name: a, labels: {? [a] : b}}\n`,
      `apiVersion: a/v1\nkind: constructor\nmetadata: {name: toString}\nspec: {hasOwnProperty: 1}\n`,
      `apiVersion: a/v1\nkind: X\nmetadata: {name: "a\\0"}\n`,
      `apiVersion: a/v1\nkind: X\nmetadata: {name: "🙂"}\n`,
      `apiVersion: a/v1\nkind: X\nmetadata: {name: ${'a'.repeat(500)}}\n`,
    ];
    const { refs, result } = await walk({ 'all.yaml': hostile.join('---\n') });
    expect(refs).toEqual(['constructor:tostring']);
    expect(new Set(result.problems.map(({ document }) => document))).toEqual(new Set([1, 2, 3, 5, 6, 7]));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('vanishedEntities', () => {
  const earlier = [
    { ref: 'component:default/a', location: 'file:a.yaml', origin: 'file:all.yaml' },
    { ref: 'component:default/b', location: 'file:b.yaml', origin: 'file:all.yaml' },
    { ref: 'component:default/w', location: 'url:https://x.y/w', origin: 'file:all.yaml' },
  ];
  const gone = async (files: Record<string, string>, roots = ['all.yaml'], from: EarlierEntity[] = earlier) => {
    const result = await ingest(roots, memoryReader(files));
    return vanishedEntities(result, from).map(({ ref }) => ref.at(-1));
  };
  const a = { 'a.yaml': component('a') };
  const web = { 'https://x.y/w': component('w') };
  const all = (...targets: string[]) => ({ 'all.yaml': location('all', { targets }) });
  const every = { ...all('./a.yaml', './b.yaml', 'https://x.y/w'), ...a, ...web };

  it.each([
    ['nothing changed', { ...every, 'b.yaml': component('b') }, ''],
    ['moved to another file', { ...every, 'a.yaml': `${component('a')}---${component('b')}`, 'b.yaml': '' }, ''],
    ['removed from its file', { ...every, 'b.yaml': '' }, 'b'],
    ['its file is gone', every, 'b'],
    ['no Location names its file', { ...all('./a.yaml'), ...a }, 'bw'],
    ['broken, its name still legible', { ...every, 'b.yaml': component('b', '  x: {$text: ./no}') }, ''],
    ['broken beyond its name', { ...every, 'b.yaml': 'kind: [' }, ''],
    ['its file could not be read', { ...every, 'b.yaml': 'FAIL' }, ''],
    [
      'another file could not be read, and nothing names its own',
      { ...all('./a.yaml', './c.yaml'), ...a, 'c.yaml': 'FAIL' },
      '',
    ],
    ['the Location is broken', { 'all.yaml': 'kind: [' }, ''],
    ['the root could not be read', { 'all.yaml': 'FAIL' }, ''],
    ['the root is gone', {}, 'abw'],
  ])('%s', async (_, files, expected) => {
    expect((await gone(files as Record<string, string>)).join('')).toBe(expected);
  });

  it('doubts only the root that was not walked whole, and the web when the web fails', async () => {
    const roots = ['a.yaml', 'broken.yaml', 'web.yaml'];
    const files = { ...a, 'broken.yaml': 'kind: [', 'web.yaml': location('web', { target: 'https://x.y/w' }) };
    const each = earlier.map((entity) => ({ ...entity, origin: entity.location }));
    expect(await gone(files, roots, each)).toEqual(['b', 'w']);
    expect(await gone({ ...files, 'https://x.y/w': 'FAIL' }, roots, each)).toEqual(['b']);
    // Without a known root, any doubt counts.
    expect(
      await gone(
        files,
        roots,
        each.map(({ ref, location: place }) => ({ ref, location: place })),
      ),
    ).toEqual(['w']);
  });
});
