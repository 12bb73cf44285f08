import { Chance } from './chance.ts';
import { apiTypes, languages, lifecycles, regions, resourceTypes, serviceTypes, tiers } from './model.ts';

/** One entity as it is sent. */
export interface GeneratedEntity {
  readonly blueprint: Kind;
  readonly identifier: string;
  readonly title: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly relations: Readonly<Record<string, string | readonly string[]>>;
}

/** How many of a hundred entities are of each kind; in the order of the model. */
const shares = { team: 3, system: 5, person: 16, resource: 15, api: 16, service: 45 };
export type Kind = keyof typeof shares;
export type Counts = Readonly<Record<Kind, number>>;

const areas = [
  'payments',
  'checkout',
  'search',
  'identity',
  'billing',
  'shipping',
  'pricing',
  'risk',
  'media',
] as const;
const roles = ['gateway', 'worker', 'backend', 'frontend', 'router', 'scheduler', 'indexer', 'exporter'] as const;
const firstNames = ['ada', 'noor', 'mateo', 'ines', 'kofi', 'yuki', 'lena', 'omar', 'ravi', 'mei'] as const;
const lastNames = ['okafor', 'silva', 'nguyen', 'haddad', 'tanaka', 'moreau', 'patel', 'berg', 'diaz'] as const;
const deeds = ['Keeps', 'Validates', 'Publishes', 'Aggregates', 'Exposes', 'Reconciles'] as const;
const things = ['orders', 'payment events', 'sessions', 'audit records', 'delivery slots', 'price rules'] as const;
const ends = ['for all regions', 'behind the internal gateway', 'with ninety days of history', 'for partners'] as const;
const labels = ['grpc', 'rest', 'kafka', 'batch', 'pci', 'gdpr', 'public', 'internal', 'legacy', 'k8s'] as const;

/** How many of each kind a catalog of `total` entities has. */
export function countsOf(total: number): Counts {
  const share = (kind: Kind) => Math.max(1, Math.round((total * shares[kind]) / 100));
  const few = { team: share('team'), system: share('system'), person: share('person') };
  const more = { resource: share('resource'), api: share('api') };
  const service = total - [...Object.values(few), ...Object.values(more)].reduce((sum, count) => sum + count);
  if (service < 1) throw new RangeError(`A catalog needs 20 entities or more to have all kinds, and this is ${total}.`);
  return { ...few, ...more, service };
}

/**
 * A catalog of exactly `total` realistic entities, with 3.2 relations each; the same each time. Nothing is remembered on the way, so it may be
 * any size. Relations name what came before, except those within a kind, which name anything of it.
 */
export function* generateEntities(total: number): Generator<GeneratedEntity> {
  const counts = countsOf(total);
  for (const [kind, make] of Object.entries(makers) as [Kind, Maker][]) {
    for (let index = 0; index < counts[kind]; index++) yield entityOf(kind, make, index, counts);
  }
}

type Maker = (the: {
  readonly index: number;
  readonly name: string;
  readonly chance: Chance;
  readonly counts: Counts;
}) => Pick<GeneratedEntity, 'properties' | 'relations'>;

function entityOf(kind: Kind, make: Maker, index: number, counts: Counts): GeneratedEntity {
  const name = nameOf(kind, index);
  const chance = new Chance(kind, index);
  const { properties, relations } = make({ index, name, chance, counts });
  const description = `${chance.pick(deeds)} ${chance.pick(things)} and ${chance.pick(things)} ${chance.pick(ends)}.`;
  return {
    blueprint: kind,
    identifier: name,
    title: name.replaceAll(/(^|-|\.)(\w)/g, (_, gap, letter) => (gap ? ' ' : '') + letter.toUpperCase()),
    properties: { description, ...properties },
    relations,
  };
}

/** What the entity of this number is called; relations find their targets by it. */
export function nameOf(kind: Kind, index: number): string {
  const chance = new Chance('name', kind, index);
  const number = String(index).padStart(5, '0');
  if (kind === 'person') return `${chance.pick(firstNames)}.${chance.pick(lastNames)}.${number}`;
  const area = chance.pick(areas);
  return kind === 'service' ? `${area}-${chance.pick(roles)}-${number}` : `${area}-${kind}-${number}`;
}

const ofTeam = (chance: Chance, { team }: Counts) => nameOf('team', chance.below(team));
const ownership = (chance: Chance, counts: Counts) => ({
  owner: ofTeam(chance, counts),
  system: nameOf('system', chance.below(counts.system)),
});
const someTags = (chance: Chance) => chance.several(2 + chance.below(2), () => chance.pick(labels));
/** Seven of ten are in production. */
const lifecycle = (chance: Chance) => (chance.next() < 0.7 ? lifecycles[0] : chance.pick(lifecycles));

const makers: Readonly<Record<Kind, Maker>> = {
  team: ({ index, name, chance, counts }) => ({
    properties: { email: `${name}@example.com`, chat: `#${name}`, wiki: `https://wiki.example.com/teams/${name}` },
    relations: index === 0 ? {} : { parent: nameOf('team', chance.below(Math.min(index, Math.ceil(counts.team / 8)))) },
  }),
  system: ({ name, chance, counts }) => ({
    properties: {
      tags: someTags(chance),
      wiki: `https://wiki.example.com/systems/${name}`,
      dashboard: `https://dashboards.example.com/${name}`,
    },
    relations: { owner: ofTeam(chance, counts) },
  }),
  person: ({ name, chance, counts }) => ({
    properties: {
      email: `${name}@example.com`,
      login: name.replaceAll('.', '-'),
      timeZone: chance.pick(['UTC', 'Europe/Berlin', 'America/New_York']),
      profile: `https://people.example.com/${name}`,
    },
    relations: { memberOf: chance.several(1 + chance.below(2), () => ofTeam(chance, counts)) },
  }),
  resource: ({ name, chance, counts }) => {
    const region = chance.pick(regions);
    const depends = chance.next() < 0.25 ? 1 : 0;
    return {
      properties: {
        type: chance.pick(resourceTypes),
        tier: chance.pick(tiers),
        region,
        arn: `arn:aws:rds:${region}:000000000000:${name}`,
        tags: someTags(chance),
        console: `https://console.example.com/${region}/${name}`,
      },
      relations: {
        ...ownership(chance, counts),
        dependsOn: chance.several(depends, () => nameOf('resource', chance.popular(counts.resource))),
      },
    };
  },
  api: ({ name, chance, counts }) => ({
    properties: {
      type: chance.pick(apiTypes),
      lifecycle: lifecycle(chance),
      version: `${1 + chance.below(4)}.${chance.below(20)}.${chance.below(10)}`,
      tags: someTags(chance),
      repository: `example/${name}`,
      definition: definitionOf(name, chance),
    },
    relations: ownership(chance, counts),
  }),
  service: ({ name, chance, counts }) => ({
    properties: {
      type: chance.pick(serviceTypes),
      lifecycle: lifecycle(chance),
      language: chance.pick(languages),
      tier: chance.pick(tiers),
      tags: someTags(chance),
      repository: `example/${name}`,
      pager: `P${chance.below(1_000_000)}`,
      coverage: chance.below(101),
      dashboard: `https://dashboards.example.com/${name}`,
    },
    relations: {
      ...ownership(chance, counts),
      dependsOn: chance.several(chance.below(3), () => nameOf('service', chance.popular(counts.service))),
      uses: chance.several(chance.below(2), () => nameOf('resource', chance.popular(counts.resource))),
      provides: chance.several(chance.next() < 0.4 ? 1 : 0, () => nameOf('api', chance.below(counts.api))),
      consumes: chance.several(chance.below(3), () => nameOf('api', chance.popular(counts.api))),
    },
  }),
};

function definitionOf(name: string, chance: Chance): string {
  const paths = chance.several(2, () => chance.pick(things).replaceAll(' ', '-'));
  const operations = paths.map(
    (path) => `  /${path}:\n    get:\n      responses:\n        '200':\n          description: OK`,
  );
  return ['openapi: 3.0.3', 'info:', `  title: ${name}`, 'paths:', ...operations, ''].join('\n');
}
