import { describe, expect, test } from 'vitest';
import { absentSharedData, sharedData, sharedDocuments } from '../../../../../tests/shared-data.ts';
import { type TestGantry, withGantry } from '../../../test/with-gantry.ts';

type Given = Readonly<Record<string, unknown>> & { readonly identifier: string };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function blueprintsIn(value: unknown): Given[] {
  if (Array.isArray(value)) return value.flatMap(blueprintsIn);
  if (!isObject(value)) return [];
  if (typeof value.identifier === 'string' && isObject(value.schema)) return [value as Given];
  return Object.values(value).flatMap(blueprintsIn);
}

const targetsOf = ({ relations, aggregationProperties }: Given) =>
  [relations, aggregationProperties]
    .flatMap((map) => Object.values(isObject(map) ? map : {}))
    .map((one) => (one as Given).target);

/** Whatever the mirrors of a blueprint look at, so that it can be declared by itself. */
async function prepareTargets({ call }: TestGantry, given: Given): Promise<void> {
  for (const target of new Set(targetsOf(given))) {
    if (target !== given.identifier) await call('POST', '/v1/blueprints', { identifier: target });
  }
}

describe("what Port's own exporters ship", () => {
  const door = withGantry();
  const { call } = door;

  test('every blueprint is accepted over HTTP and reads back equal, with nothing invented', async (context) => {
    if (sharedData === undefined) return context.skip(absentSharedData);
    const found = [...sharedDocuments('port')].flatMap(({ file, document }) =>
      blueprintsIn(document).map((given) => ({ file, given })),
    );
    expect(found.length).toBeGreaterThan(100);
    for (const { file, given } of found) {
      await prepareTargets(door, given);
      // Mirrors look at properties of blueprints that other documents declare; they are put in once those are there.
      const { mirrorProperties, ownership, teamInheritance, ...bare } = given;
      await call('DELETE', `/v1/blueprints/${encodeURIComponent(given.identifier)}`);
      const put = await call('POST', '/v1/blueprints', bare);
      const stored =
        put.status === 409 ? await call('PUT', `/v1/blueprints/${encodeURIComponent(given.identifier)}`, bare) : put;
      expect(stored.body, `${file}: ${given.identifier}`).toMatchObject({ ok: true });
      const read = await call('GET', `/v1/blueprints/${encodeURIComponent(given.identifier)}`);
      const { createdAt, createdBy, updatedAt, updatedBy, ...definition } = read.object('blueprint');
      const relations = Object.entries(isObject(given.relations) ? given.relations : {}).map(([key, relation]) => {
        return [key, { many: false, required: false, ...(relation as object) }];
      });
      expect(definition, `${file}: ${given.identifier}`).toEqual({
        ...{ mirrorProperties: {}, calculationProperties: {}, aggregationProperties: {} },
        ...bare,
        schema: { required: [], ...(bare.schema as object) },
        relations: Object.fromEntries(relations),
      });
    }
  }, 120_000);
});

describe('the seed', () => {
  const { call } = withGantry();

  test('the microservice blueprint works exactly as it stands', async (context) => {
    if (sharedData === undefined) return context.skip(absentSharedData);
    const seeds = [...sharedDocuments('seeds')].filter(({ file }) => file === 'microservice.blueprint.json');
    const [seed] = seeds.map(({ document }) => document as Given);
    await call('POST', '/v1/blueprints', { identifier: 'team' });
    await call('POST', '/v1/blueprints', { identifier: 'environment' });
    const created = await call('POST', '/v1/blueprints', seed);
    expect(created.status).toBe(201);
    await call('POST', '/v1/blueprints/team/entities', { identifier: 'payments' });
    await call('POST', '/v1/blueprints/environment/entities', { identifier: 'prod' });
    const entity = {
      identifier: 'checkout',
      properties: {
        language: 'go',
        tier: 'critical',
        repository: 'https://github.com/acme/checkout',
        last_deploy: '2026-11-21T10:00:00Z',
      },
      relations: { team: 'payments', environment: ['prod'], depends_on: ['checkout'] },
    };
    const stored = await call('POST', '/v1/blueprints/microservice/entities', entity);
    expect(stored.at('entity')).toMatchObject({ ...entity, properties: { ...entity.properties, on_call: null } });
    expect((await call('POST', '/v1/blueprints/microservice/entities', { identifier: 'x' })).status).toBe(422);
  });
});
