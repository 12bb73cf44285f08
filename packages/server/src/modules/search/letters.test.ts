import { beforeAll, describe, expect, test } from 'vitest';
import { withGantry } from '../../../test/with-gantry.ts';

const { call } = withGantry();
const words = ['Émile', 'a', 'Z', 'z', 'é'];
const sizes = [10, 100, 9];

beforeAll(async () => {
  const properties = { words: { type: 'array' }, sizes: { type: 'array', items: { type: 'number' } } };
  await call('POST', '/v1/blueprints', { identifier: 'team', schema: { properties } });
  const entities = [
    { identifier: 'crew', title: 'L’ÉQUIPE DE ŁÓDŹ' },
    { identifier: 'Zoo', title: 'Zoo', properties: { words, sizes } },
    { identifier: 'ant', title: 'ant' },
    { identifier: 'Ape', title: 'Ape' },
  ];
  expect((await call('POST', '/v1/blueprints/team/entities/bulk', { entities })).at('errors')).toEqual([]);
});

const identifiers = (list: readonly Readonly<Record<string, unknown>>[]) => list.map(({ identifier }) => identifier);

describe('whatever the collation of the database', () => {
  test('letters of every script are found in any case', async () => {
    const table = await call('POST', '/v1/blueprints/team/entities/search', { search: 'équipe łódź' });
    expect(identifiers(table.list('entities'))).toEqual(['crew']);
    const phrase = encodeURIComponent('l’équipe de łódź');
    const [hit] = (await call('GET', `/v1/search?q=${phrase}`)).list('results');
    expect(hit).toMatchObject({ identifier: 'crew', score: 1 });
  });

  test('titles sort without regard to case, names by code point', async () => {
    const sorted = async (property: string) => {
      const answer = await call('POST', '/v1/blueprints/team/entities/search', { sort: [{ property }] });
      return identifiers(answer.list('entities'));
    };
    expect(await sorted('$title')).toEqual(['ant', 'Ape', 'crew', 'Zoo']);
    expect(await sorted('$identifier')).toEqual(['Ape', 'Zoo', 'ant', 'crew']);
  });

  test('values that are equally frequent count in one order: numbers by size, texts by code point', async () => {
    const values = async (property: string) => {
      const question = { func: 'countValues', blueprint: 'team', property, search: 'zoo' };
      const answer = await call('POST', '/v1/entities/aggregate', question);
      return answer.list('result').map(({ value }) => value);
    };
    expect(await values('words')).toEqual(['Z', 'a', 'z', 'Émile', 'é']);
    expect(await values('sizes')).toEqual([9, 10, 100]);
  });
});
