import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseColumns, parseSort, parseViewSearch, printColumns, printSort, savedPart } from './view.ts';

const id = fc.stringMatching(/^\$?[A-Za-z0-9@_=.-]{1,20}$/).filter((text) => !text.startsWith('-'));

test('sort keys come back as they were printed', () => {
  const key = fc.record({ property: id, order: fc.constantFrom('asc' as const, 'desc' as const) });
  fc.assert(
    fc.property(fc.array(key, { maxLength: 5 }), (keys) => {
      expect(parseSort(printSort(keys))).toEqual(keys);
    }),
  );
});

test('columns come back as they were printed, with widths and pins', () => {
  const column = fc
    .record({
      id,
      width: fc.option(fc.integer({ min: 48, max: 1200 })),
      pinned: fc.option(fc.constant('start' as const)),
    })
    .map(({ width, pinned, ...rest }) => ({ ...rest, ...(width ? { width } : {}), ...(pinned ? { pinned } : {}) }));
  fc.assert(
    fc.property(fc.array(column, { minLength: 1, maxLength: 12 }), (columns) => {
      expect(parseColumns(printColumns(columns))).toEqual(columns);
    }),
  );
});

test('nothing in a URL is an error: what is malformed is left out', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('q', 'filter', 'sort', 'group', 'columns', 'panel', 'x'), fc.anything()),
      (search) => {
        expect(Object.values(parseViewSearch(search))).not.toContain(undefined);
      },
    ),
  );
  expect(parseViewSearch({ filter: { rules: 'all' }, panel: 'nonsense', q: '' })).toEqual({});
  expect(parseViewSearch({ q: 7 })).toEqual({ q: '7' });
});

test('a width outside reason is not taken', () => {
  expect(parseColumns('tier~5,owner~99999,team~160')).toEqual([
    { id: 'tier' },
    { id: 'owner' },
    { id: 'team', width: 160 },
  ]);
});

test('a saved view holds no panel', () => {
  expect(savedPart({ q: 'pay', panel: 'preview', entity: 'checkout', view: 'abc' })).toEqual({ q: 'pay' });
});
