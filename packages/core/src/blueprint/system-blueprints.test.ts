import { describe, expect, it } from 'vitest';
import type { Blueprint } from './blueprint.ts';
import { parseBlueprint } from './check-blueprint.ts';
import {
  checkSystemChange,
  isSystemBlueprint,
  mergeWithStructure,
  systemBlueprints,
  systemStructure,
} from './system-blueprints.ts';

function structure(identifier: string): Blueprint {
  const found = systemStructure(identifier);
  if (!found) throw new Error(`${identifier} is no system blueprint`);
  return found;
}
const user = structure('_user');

function wanted(change: object): Blueprint {
  const result = parseBlueprint({ ...structuredClone(user), ...change });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}
const withProperties = (properties: object, more: object = {}) =>
  wanted({ schema: { properties: { ...user.schema.properties, ...properties }, ...more } });
const paths = (after: Blueprint) => checkSystemChange(user, after).map(({ path }) => path);

describe('system blueprints', () => {
  it('are sound blueprints, read back as they are', () => {
    for (const blueprint of systemBlueprints) expect(parseBlueprint(blueprint)).toEqual({ ok: true, value: blueprint });
    expect(isSystemBlueprint('_team')).toBe(true);
    expect(isSystemBlueprint('constructor')).toBe(false);
    expect(Object.keys(user.schema.properties)).toEqual(['status', 'port_role', 'port_type', 'moderated_blueprints']);
  });

  it.each<[string, Blueprint]>([
    ['their built-in parts repeated', wanted({})],
    ['nothing but an extension', wanted({ schema: { properties: { nick: { type: 'string' } } } })],
    [
      'properties and optional relations',
      wanted({
        schema: { properties: { nick: { type: 'string' } } },
        relations: { groups: { target: '_team', many: true } },
      }),
    ],
    [
      'mirrors over them',
      wanted({ relations: { owner: { target: '_team' } }, mirrorProperties: { m: { path: 'owner.$title' } } }),
    ],
    ['a choice about global search', wanted({ includeInGlobalSearch: false })],
  ])('accept %s', (_, after) => {
    expect(paths(after)).toEqual([]);
  });

  it.each<[string, Blueprint, string[]]>([
    ['another identifier or title', wanted({ identifier: 'user', title: 'Person' }), ['identifier', 'title']],
    ['another type', withProperties({ port_role: { type: 'number' } }), ['schema.properties.port_role.type']],
    [
      'another set of values',
      withProperties({ status: { type: 'string', enum: ['Active'] } }),
      ['schema.properties.status.enum'],
    ],
    ['something required', withProperties({ nick: { type: 'string' } }, { required: ['nick'] }), ['schema.required.0']],
    [
      'a required relation',
      wanted({ relations: { owner: { target: '_team', required: true } } }),
      ['relations.owner.required'],
    ],
  ])('refuse %s', (_, after, expected) => {
    expect(paths(after)).toEqual(expected);
  });

  it('keep their built-in parts, and exactly the extensions that are wanted', () => {
    const extended = mergeWithStructure(
      user,
      wanted({
        schema: { properties: { nick: { type: 'string' } } },
        relations: { owner: { target: '_team' } },
        includeInGlobalSearch: true,
      }),
    );
    expect(extended).toMatchObject({ identifier: '_user', title: 'User', includeInGlobalSearch: true });
    expect(Object.keys(extended.schema.properties)).toEqual([...Object.keys(user.schema.properties), 'nick']);
    expect(mergeWithStructure(user, wanted({ schema: null }))).toEqual(user);
  });
});
