import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './page.ts';

const question = { query: { combinator: 'and', rules: [] }, sort: [{ property: '$title', order: 'asc' }] };
const text = fc.string({ unit: 'grapheme' }).filter((part) => !part.includes('\0'));
const scalar = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
  fc.boolean(),
  fc.constant(null),
);
const position = fc.record({
  values: fc.array(scalar, { maxLength: 3 }),
  tie: fc.array(text, { minLength: 1, maxLength: 2 }),
});

describe('cursors', () => {
  it('come back as they went, in characters that need no escaping', () => {
    fc.assert(
      fc.property(position, (where) => {
        const cursor = encodeCursor(where, question);
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(decodeCursor(cursor, question, where.values.length)).toEqual({ ok: true, value: where });
      }),
    );
  });

  it('belong to their question, however its keys are ordered', () => {
    const cursor = encodeCursor({ values: ['a'], tie: ['x'] }, question);
    expect(decodeCursor(cursor, { sort: question.sort, query: question.query }, 1).ok).toBe(true);
    expect(decodeCursor(cursor, { ...question, sort: [] }, 1).ok).toBe(false);
    expect(decodeCursor(cursor, question, 2).ok).toBe(false);
  });

  it('are refused when a character was changed', () => {
    const cursor = encodeCursor({ values: ['Checkout', 5], tie: ['checkout'] }, question);
    for (let at = 0; at < cursor.length - 1; at += 1) {
      const changed = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1);
      expect(decodeCursor(changed, question, 2).ok).toBe(false);
    }
  });

  it('are refused when they are none, without an exception', () => {
    fc.assert(fc.property(fc.string(), (cursor) => !decodeCursor(cursor, question, 1).ok));
    expect(decodeCursor('A'.repeat(100_000), question, 1).ok).toBe(false);
  });
});
