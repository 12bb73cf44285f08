import { CallFailure } from '@gantry/client';
import { expect, test } from 'vitest';
import { problemsOf } from './problems.ts';

const refused = (error: string, problems: { path: string; message: string; remedy?: string }[]) =>
  new CallFailure(422, 'refused', { ok: false, error, message: 'refused', problems });

test('FM-4 each problem stands at the field it is about', () => {
  const error = refused('invalid_request', [
    { path: 'properties.tier', message: 'must be one of gold, silver' },
    { path: 'properties.tags.0', message: 'is too long', remedy: 'Use 10 characters at most.' },
    { path: 'properties.tags.3', message: 'is empty' },
    { path: 'relations.system', message: 'there is no system `x`' },
    { path: 'team', message: 'is unknown' },
    { path: '', message: 'too many properties' },
  ]);
  expect(problemsOf(error)).toEqual({
    'properties.tier': 'must be one of gold, silver',
    'properties.tags': 'is too long. Use 10 characters at most. · is empty',
    'relations.system': 'there is no system `x`',
    team: 'is unknown',
    '': 'too many properties',
  });
});

test('a taken identifier is a problem of the identifier', () => {
  expect(Object.keys(problemsOf(refused('already_exists', [])))).toEqual(['identifier']);
});

test('a refusal without a list stands above the form', () => {
  expect(problemsOf(refused('forbidden', []))).toEqual({ '': 'refused' });
});
