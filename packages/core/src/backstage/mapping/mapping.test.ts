import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absentSharedData, sharedData } from '../../../../../tests/shared-data.ts';
import { folderReader } from '../../../test/backstage/folder-reader.ts';
import { judge } from '../../../test/backstage/judge.ts';
import { parseBlueprint } from '../../blueprint/check-blueprint.ts';
import { prepareCheck } from '../../property/check-property.ts';
import type { BackstageEntity } from '../entity/backstage-entity.ts';
import { validateEntity } from '../entity/validate-entity.ts';
import { ingest } from '../source/ingest.ts';
import { fromGantry } from './from-gantry.ts';
import { blueprintOfKind } from './names.ts';
import { neededBlueprints } from './needed-blueprints.ts';
import { planBlueprints } from './plan-blueprints.ts';
import { toGantry } from './to-gantry.ts';

function planFor(entities: readonly BackstageEntity[]) {
  return planBlueprints([], neededBlueprints(entities));
}

function mapped(entity: BackstageEntity, others: readonly BackstageEntity[] = []) {
  const { blueprints } = planFor([entity, ...others]);
  const blueprint = blueprints.get(blueprintOfKind(entity.kind));
  if (!blueprint) throw new Error('no blueprint was planned');
  return { blueprint, mapped: toGantry(entity, blueprint) };
}

/** What a store keeps of a value. */
const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('the seed', () => {
  const seed: BackstageEntity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'Orders-Service',
      namespace: 'default',
      annotations: { 'github.com/project-slug': 'myorg/orders-service' },
      links: [{ url: 'https://example.com', title: 'Home', icon: 'web' }],
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'orders-team',
      system: 'commerce',
      dependsOn: ['resource:orders-database', 'Component:Billing/invoices', 'environment:prod'],
      providesApis: ['orders-api'],
      extra: { kept: true },
    },
  };

  it('becomes a component with typed properties and one relation for each kind it points at', () => {
    const { mapped: entity, blueprint } = mapped(seed);
    expect(entity).toEqual({
      blueprint: 'component',
      identifier: 'orders-service',
      title: 'Orders-Service',
      team: ['orders-team'],
      properties: {
        type: 'service',
        lifecycle: 'production',
        annotations: { 'github.com/project-slug': 'myorg/orders-service' },
        links: [{ url: 'https://example.com', displayText: 'Home', icon: 'web' }],
        backstage: {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: 'Orders-Service', namespace: 'default' },
          spec: {
            owner: 'orders-team',
            system: 'commerce',
            dependsOn: ['resource:orders-database', 'Component:Billing/invoices', 'environment:prod'],
            providesApis: ['orders-api'],
            extra: { kept: true },
          },
        },
      },
      relations: {
        owner: 'orders-team',
        system: 'commerce',
        providesApis: ['orders-api'],
        dependsOn: ['billing/invoices'],
        dependsOn_resource: ['orders-database'],
        dependsOn_environment: ['prod'],
      },
    });
    expect(blueprint.relations.owner).toEqual({ title: 'Owner', target: '_team', many: false, required: false });
    expect(blueprint.relations.dependsOn_resource?.title).toBe('Depends on (resource)');
  });

  it('comes back as it was, and shows what was changed since', () => {
    const { mapped: entity, blueprint } = mapped(seed);
    expect(fromGantry(stored(entity), blueprint)).toEqual(seed);

    const changed = stored(entity);
    changed.properties.lifecycle = 'deprecated';
    changed.properties.links = [];
    changed.relations.dependsOn_resource = ['orders-database', 'cache'];
    delete changed.relations.system;
    const back = fromGantry({ ...changed, title: 'Orders' }, blueprint);
    expect(back?.metadata).toMatchObject({ name: 'Orders-Service', title: 'Orders', links: [] });
    expect(back?.spec).toEqual({
      type: 'service',
      lifecycle: 'deprecated',
      owner: 'orders-team',
      dependsOn: [
        'component:billing/invoices',
        'resource:default/orders-database',
        'resource:default/cache',
        'environment:default/prod',
      ],
      providesApis: ['orders-api'],
      extra: { kept: true },
    });
  });

  it('still points at the same entities after it moved to another namespace', () => {
    const { mapped: entity, blueprint } = mapped(seed);
    const back = fromGantry({ ...stored(entity), identifier: 'shop/orders' }, blueprint);
    expect(back?.metadata).toMatchObject({ name: 'orders', namespace: 'shop' });
    expect(back?.spec).toMatchObject({ owner: 'group:default/orders-team', providesApis: ['api:default/orders-api'] });
  });
});

describe('planBlueprints', () => {
  const component = (spec: Record<string, unknown>): BackstageEntity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'a', namespace: 'default' },
    spec: { type: 'service', lifecycle: 'production', owner: 'me', ...spec },
  });

  it('plans nothing where nothing is missing', () => {
    const needed = neededBlueprints([component({ dependsOn: ['thing:a'] })]);
    const first = planBlueprints([], needed);
    expect(first.changes.length).toBeGreaterThan(7);
    expect(planBlueprints(first.blueprints.values(), needed).changes).toEqual([]);
    expect(planBlueprints([], neededBlueprints([])).changes).toEqual([]);
  });

  it('only points at blueprints that are there afterwards', () => {
    const { blueprints } = planFor([component({ dependsOn: ['thing:a'], owner: 'user:me' })]);
    for (const { relations } of blueprints.values()) {
      for (const { target } of Object.values(relations)) expect([...blueprints.keys()]).toContain(target);
    }
    expect(blueprints.get('thing')?.title).toBe('Thing');
  });

  it('leaves alone what people changed, and finds another place for what no longer fits', () => {
    const entity = component({ system: 'shop' });
    const own = planFor([entity]).blueprints.get('component');
    if (!own) throw new Error('no blueprint was planned');
    const changed = {
      ...own,
      title: 'Service',
      schema: { properties: { ...own.schema.properties, lifecycle: { type: 'number' as const } }, required: [] },
      relations: { ...own.relations, owner: { target: 'squad', many: false, required: false } },
    };
    const { blueprints } = planBlueprints([changed], neededBlueprints([entity]));
    const blueprint = blueprints.get('component');
    if (!blueprint) throw new Error('the blueprint is gone');
    expect(blueprint).toMatchObject({ title: 'Service', relations: { owner: { target: 'squad' } } });
    const entityThere = toGantry(entity, blueprint);
    expect(entityThere.properties).not.toHaveProperty('lifecycle');
    expect(entityThere.relations).toMatchObject({ owner_group: 'me', system: 'shop' });
    expect(fromGantry(stored(entityThere), blueprint)).toEqual(entity);
  });
});

describe('kinds somebody made up', () => {
  const environment = (name: string, spec: Record<string, unknown>): BackstageEntity => ({
    apiVersion: 'example.com/v1',
    kind: 'DeployTarget',
    metadata: { name, namespace: 'default' },
    spec,
  });

  it('become blueprints with the fields seen, wide enough for all of them', () => {
    const entities = [
      environment('a', { owner: 'team-a', tier: 1, region: 'eu', zones: ['a'], on: true, description: 'x' }),
      environment('b', { owner: { not: 'a ref' }, tier: 'gold', region: null, zones: 'b', deep: { a: 1 } }),
    ];
    const { blueprints } = planFor(entities);
    const blueprint = blueprints.get('deploytarget');
    expect(blueprint?.title).toBe('Deploy Target');
    expect(blueprint?.schema.properties).toMatchObject({
      tier: { type: 'string', title: 'Tier' },
      region: { type: 'string' },
      zones: { type: 'array', items: { type: 'string' } },
      on: { type: 'boolean' },
      deep: { type: 'object' },
      owner: { type: 'object' },
      spec_description: { type: 'string', title: 'Description' },
    });
    expect(blueprint?.relations.owner).toMatchObject({ target: '_team' });
    if (!blueprint) return;
    expect(toGantry(entities[0] as BackstageEntity, blueprint)).toMatchObject({
      properties: { tier: '1', zones: ['a'], on: true, spec_description: 'x' },
      relations: { owner: 'team-a' },
    });
    for (const entity of entities) expect(fromGantry(stored(toGantry(entity, blueprint)), blueprint)).toEqual(entity);
  });
});

describe('laws', () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const ref = fc.constantFrom('a', 'group:a', 'user:b', 'Component:x/y', 'resource:z', 'odd kind:q', 'api:a b', 'x/Y');
  const name = fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,8}[A-Za-z0-9])?$/);
  const spec = fc.record(
    {
      type: fc.constantFrom('service', 'openapi', 'asyncapi', 'graphql', 'skill'),
      lifecycle: fc.string({ minLength: 1 }),
      owner: ref,
      system: ref,
      definition: fc.string({ minLength: 1 }),
      dependsOn: fc.array(ref),
      children: fc.array(ref),
      memberOf: fc.array(ref),
      profile: fc.record({ email: fc.string({ minLength: 1 }), displayName: name }, { requiredKeys: [] }),
      extra: json,
      'dotted.key': json,
      description: json,
    },
    { requiredKeys: ['type', 'lifecycle', 'owner', 'definition', 'children', 'memberOf'] },
  );
  const entity = fc.record({
    apiVersion: fc.constant('backstage.io/v1alpha1'),
    kind: fc.constantFrom('Component', 'API', 'Resource', 'System', 'Group', 'User', 'Domain', 'Gadget', 'Service'),
    metadata: fc.record(
      {
        name,
        namespace: fc.constantFrom('default', 'other'),
        title: fc.string({ minLength: 1 }),
        description: fc.string(),
        tags: fc.array(fc.stringMatching(/^[a-z0-9]{1,5}$/)),
        labels: fc.dictionary(name, name),
        annotations: fc.dictionary(name, fc.string()),
        links: fc.array(fc.record({ url: fc.webUrl(), title: name, odd: json }, { requiredKeys: ['url'] })),
        more: json,
      },
      { requiredKeys: ['name', 'namespace'] },
    ),
    spec,
  });
  const valid = entity
    .map((raw) => validateEntity(stored(raw)))
    .filter((verdict) => verdict.ok)
    .map((verdict) => (verdict.ok ? verdict.entity : undefined) as BackstageEntity);

  it('what goes into Gantry comes out the same, and the blueprint takes it', () => {
    fc.assert(
      fc.property(valid, fc.array(valid, { maxLength: 3 }), (one, others) => {
        const { blueprint, mapped: there } = mapped(one, others);
        expect(fromGantry(stored(there), blueprint)).toEqual(one);
        for (const [key, value] of Object.entries(there.properties)) {
          const property = blueprint.schema.properties[key];
          expect(property && prepareCheck(property)(value)).toEqual([]);
        }
        expect(Object.keys(there.relations).filter((key) => !blueprint.relations[key])).toEqual([]);
      }),
    );
  });

  it('every planned blueprint is a sound one', () => {
    fc.assert(
      fc.property(fc.array(valid, { maxLength: 5 }), (entities) => {
        for (const { after } of planFor(entities).changes)
          expect(parseBlueprint(after)).toEqual({ ok: true, value: after });
      }),
      { numRuns: 50 },
    );
  });
});

describe('files of others', () => {
  it('the seed works as it stands', async (context) => {
    if (sharedData === undefined) return context.skip(absentSharedData);
    const { entities, problems } = await ingest(['catalog-info.yaml'], folderReader(join(sharedData, 'seeds')));
    expect(problems).toEqual([]);
    const [{ entity }] = entities as [(typeof entities)[number]];
    expect(mapped(entity).mapped).toMatchObject({
      blueprint: 'component',
      identifier: 'orders-service',
      properties: { type: 'service', lifecycle: 'production' },
      relations: {
        owner: 'orders-team',
        system: 'commerce',
        providesApis: ['orders-api'],
        dependsOn_resource: ['orders-database'],
      },
    });
  });

  it("public catalogs all round-trip through one model, and Backstage's validators take what comes out", async (context) => {
    if (sharedData === undefined) return context.skip(absentSharedData);
    const folder = join(sharedData, 'backstage-catalogs');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ya?ml$/.test(file));
    const { entities } = await ingest(files.sort(), folderReader(folder));
    const { blueprints } = planFor(entities.map(({ entity }) => entity));
    expect(entities.length).toBeGreaterThan(300);
    for (const { entity, ref } of entities) {
      const blueprint = blueprints.get(blueprintOfKind(entity.kind));
      if (!blueprint) throw new Error(`no blueprint for ${ref}`);
      const back = fromGantry(stored(toGantry(entity, blueprint)), blueprint);
      expect(back, ref).toEqual(entity);
      await judge(back);
    }
  });
});
