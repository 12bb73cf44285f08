import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type ReadDocument, readDocuments, readSingleValue } from './read-documents.ts';

/** `value`, or `code line message`. */
function summary(document: ReadDocument): unknown {
  return document.ok ? document.value : `${document.index}: ${document.code} in line ${document.line}`;
}

const read = (text: string) => readDocuments(text).map(summary);
const last = '\n---\nafter: 1\n';

describe('readDocuments', () => {
  it.each([
    ['several documents, empty ones passed over', '# top\n---\na: 1\n---\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['nothing', '', []],
    ['only comments', '# a\n', []],
    ['YAML 1.2: yes and dates are texts', 'a: yes\nb: 2020-01-01\nc: ~\n', [{ a: 'yes', b: '2020-01-01', c: null }]],
    ['merge keys are ordinary keys', '<<: {a: 1}\n', [{ '<<': { a: 1 } }]],
    ['anchors inside one document', 'a: &x [1]\nb: *x\n', [{ a: [1], b: [1] }]],
    ['a mark and Windows line ends', '\uFEFFa: 1\r\nb: 2\r\n', [{ a: 1, b: 2 }]],
    ['what JSON cannot say is null, as Backstage stores it', 'a: .nan\nb: .inf\n', [{ a: null, b: null }]],
    ['a list', '- a\n---\nb: 1\n', ['1: not_an_entity in line 1', { b: 1 }]],
    ['a text', 'hello', ['1: not_an_entity in line 1']],
    ['a repeated key', 'a: 1\nb: {c: 1, c: 2}\n', ['1: invalid_yaml in line 2']],
    [
      'a broken document between good ones',
      'a: 1\n---\nb: [\n---\nc: 3\n',
      [{ a: 1 }, '2: invalid_yaml in line 4', { c: 3 }],
    ],
    ['a tab', 'a:\n\t- b\n', ['1: invalid_yaml in line 2']],
    ['an alias without its anchor', 'a: *b\n', ['1: invalid_yaml in line 1']],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['lists', '['.repeat(10_000)],
    ['closed lists', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['mappings', `${'{a: '.repeat(10_000)}${'}'.repeat(10_000)}`],
    ['block lists', `${'- '.repeat(10_000)}a`],
    ['block keys', `${'? '.repeat(10_000)}a`],
    ['indentation', Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('refuses 10,000-deep %s, and reads the neighbour', (_, text) => {
    expect(read(`${text}${last}`)).toEqual([expect.stringMatching('1: limit_reached in line 1'), { after: 1 }]);
  });

  const laughs = ['a: &a [1,1,1,1,1,1,1,1,1]']
    .concat([...'bcdefghi'].map((name, position) => `${name}: &${name} [${`*${'abcdefgh'[position]},`.repeat(9)}]`))
    .join('\n');

  it.each([
    ['a billion laughs', laughs],
    ['an anchor that holds itself', 'a: &a\n  b: *a'],
    ['a list that holds itself', '&a [*a]'],
    ['a large text told many times', `a: &a ${'x'.repeat(100_000)}\nb: [${'*a,'.repeat(90)}]`],
  ])('refuses %s, and reads the neighbour', (_, text) => {
    expect(read(`${text}${last}`)).toEqual(['1: limit_reached in line 1', { after: 1 }]);
  });

  it('refuses a file that is too large', () => {
    expect(read(`a: ${'x'.repeat(2_000_000)}`)).toEqual(['1: limit_reached in line 1']);
  });

  it('reads many keys in linear time', () => {
    const [document] = readDocuments(Array.from({ length: 20_000 }, (_, key) => `key${key}: 1`).join('\n'));
    expect(document?.ok && Object.keys(document.value).length).toBe(20_000);
  });

  it('knows the line of every field, and of the nearest one around what is missing', () => {
    const [document] = readDocuments('---\nmetadata:\n  name: a\n  tags:\n    - one\n    - two\nspec: {}\n');
    if (!document?.ok) throw new Error('the document was refused');
    expect(document.line).toBe(2);
    expect(document.lineOf(['metadata', 'tags', 1])).toBe(6);
    expect(document.lineOf(['spec', 'owner'])).toBe(7);
  });

  it('never throws, and reads what the library reads', () => {
    const piece = fc.constantFrom(
      'a',
      ': ',
      '\n',
      '- ',
      '---\n',
      '  ',
      '[',
      ']',
      '{',
      '}',
      '"',
      '&a ',
      '*a',
      '!t ',
      '#',
      ',',
      '? ',
      '|\n',
      '%',
      '...\n',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const ours = readDocuments(text).flatMap((document) => (document.ok ? [document.value] : []));
        expect(ours).toEqual(readByLibrary(text));
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void readDocuments(text)),
      { numRuns: 300 },
    );
  });
});

function readByLibrary(text: string): unknown[] {
  return [...parseAllDocuments(text)].flatMap((document) => {
    if (document.errors.length > 0) return [];
    try {
      const value: unknown = JSON.parse(JSON.stringify(document.toJS()));
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

describe('readSingleValue', () => {
  it('reads any one value', () => {
    expect(readSingleValue('- 1\n')).toEqual([1]);
    expect(readSingleValue('hello')).toBe('hello');
  });

  it.each([
    ['nothing', '', /holds 0/],
    ['two documents', 'a\n---\nb\n', /holds 2/],
    ['broken YAML', '[', /line 1/],
    ['a repeated key', '{a: 1, a: 2}', /given twice/],
    ['too deep', '['.repeat(1000), /nested/],
  ])('refuses %s', (_, text, message) => {
    expect(() => readSingleValue(text)).toThrow(message);
  });
});
