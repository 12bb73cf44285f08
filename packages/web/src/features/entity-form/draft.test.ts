import { expect, test } from 'vitest';
import { changes, type Draft, identifierFrom, parseDraft, withValue } from './draft.ts';

const before: Draft = {
  identifier: 'checkout',
  title: 'Checkout',
  team: ['payments'],
  properties: { tier: 'gold', tags: ['pci'] },
  relations: { system: 'shop', dependsOn: ['ledger'] },
};

test('only what differs is sent', () => {
  expect(changes(before, before)).toEqual({});
  expect(changes(before, { ...before, properties: { ...before.properties, tier: 'silver' } })).toEqual({
    properties: { tier: 'silver' },
  });
});

test('what was taken away is cleared with null', () => {
  const after = { ...before, title: '', properties: { tier: 'gold' }, relations: {} };
  expect(changes(before, after)).toEqual({
    title: null,
    properties: { tags: null },
    relations: { system: null, dependsOn: null },
  });
});

test('another identifier renames', () => {
  expect(changes(before, { ...before, identifier: 'till' })).toEqual({ identifier: 'till' });
});

test('an unset value has no key', () => {
  expect(withValue({ a: 1, b: 2 }, 'a', null)).toEqual({ b: 2 });
  expect(withValue<unknown>({}, 'tags', [])).toEqual({});
  expect(withValue<unknown>({}, 'on', false)).toEqual({ on: false });
});

test('the JSON view reads back what it shows', () => {
  expect(parseDraft(JSON.stringify(before))).toEqual({ draft: before });
  expect(parseDraft('{"title": "Till", "properties": null}')).toEqual({ reason: undefined });
  expect(parseDraft('[]')).toEqual({ reason: undefined });
  expect(parseDraft('{')).toHaveProperty('reason');
});

test('identifiers are made of titles in any script', () => {
  expect(identifierFrom('Payment  Gateway (EU)')).toBe('payment-gateway-eu');
  expect(identifierFrom('Überweisung für Kinder')).toBe('uberweisung-fur-kinder');
  expect(identifierFrom('支払い API')).toBe('支払い-api');
  expect(identifierFrom('***')).toBe('');
});
