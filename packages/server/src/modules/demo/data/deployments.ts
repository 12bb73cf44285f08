import type { Chance } from './chance.ts';
import { repositoryOf } from './code.ts';
import { links } from './company.ts';
import type { DemoEntity } from './demo.ts';
import type { Moments } from './moments.ts';
import type { People } from './people.ts';
import { type ServiceSketch, serviceSketches } from './service-sketches.ts';

type Status = 'Succeeded' | 'Failed' | 'Rolled back' | 'In progress';

interface Planned {
  readonly service: ServiceSketch;
  readonly environment: string;
  readonly status: Status;
  readonly minutesAgo: number;
}

/** Deployments that the story needs: under way now, or the cause of an incident. */
const fixed: readonly (readonly [service: string, status: Status, minutesAgo: number])[] = [
  ['web-shop', 'In progress', 3],
  ['checkout', 'Rolled back', 190],
  ['driver-gateway', 'Failed', 55],
  ['pricing', 'Rolled back', 9 * 1440 + 130],
  ['product-search', 'Failed', 26 * 60],
];

const changes = [
  'Raise the timeout towards the catalogue',
  'Say why an address was refused',
  'Read from the replica',
  'Drop a column nobody reads',
  'Show the delivery hour before payment',
  'Retry once when a provider hangs up',
  'Update the base image',
  'Count what was silently skipped',
  'Cache answers for a minute',
  'Accept house numbers with letters',
  'Move to the new event contract',
  'Log less, trace more',
  'Remove a flag that has been on since May',
  'Fix rounding of half cents',
  'Warm up before taking traffic',
  'Translate the error pages',
] as const;

/** Deployments, newest first: busy services often and lately, quiet ones rarely. */
export function deploymentEntities(people: People, chance: Chance, moments: Moments): DemoEntity[] {
  return plan(chance).map(({ service, environment, status, minutesAgo }, place) => {
    const commit = chance.hex(40);
    const by = chance.pick(people.members(service.team ?? 'reliability')).email;
    return {
      blueprint: 'deployment',
      identifier: `${service.id}-${4200 - place}`,
      title: `${service.title} ${versionOf(minutesAgo, place)}`,
      properties: {
        status,
        version: versionOf(minutesAgo, place),
        deployed_at: moments.minutesAgo(minutesAgo),
        ...(status !== 'In progress' && { duration_seconds: chance.between(70, 900) }),
        commit,
        change: chance.pick(changes),
        diff: {
          url: `${links.code(repositoryOf(service) ?? service.id)}/commit/${commit}`,
          displayText: commit.slice(0, 8),
        },
      },
      relations: {
        service: service.id,
        environment,
        pipeline: service.tier < 3 && repositoryOf(service) !== null ? `${service.id}-main` : null,
        deployed_by: by,
      },
    };
  });
}

/** When each service last came to production well, as far as its deployments tell. */
export function lastDeployments(deployments: readonly DemoEntity[]): ReadonlyMap<string, string> {
  const latest = new Map<string, string>();
  for (const { properties, relations } of deployments) {
    const service = String(relations?.service);
    const at = String(properties.deployed_at);
    if (properties.status === 'Succeeded' && at > (latest.get(service) ?? '')) latest.set(service, at);
  }
  return latest;
}

function plan(chance: Chance): Planned[] {
  const planned: Planned[] = [];
  for (const [id, status, minutesAgo] of fixed) {
    const service = serviceSketches.find((sketch) => sketch.id === id);
    if (service) planned.push({ service, status, minutesAgo, environment: 'production-eu' });
  }
  for (const [place, service] of serviceSketches.entries()) {
    if (service.team === null || service.tier === 3) continue;
    const longestAgo = service.tier === 1 ? 9 : 45;
    const minutesAgo = Math.ceil(chance.next() ** 2 * longestAgo * 1440) + 200;
    planned.push({ service, status: 'Succeeded', minutesAgo, environment: homeOf(service) });
    if (service.tier === 1 && place % 3 === 0) {
      planned.push({ service, status: 'Succeeded', minutesAgo: minutesAgo + 90, environment: 'production-us' });
    }
  }
  return planned.sort((one, other) => one.minutesAgo - other.minutesAgo);
}

/** Where a service runs first of all. */
export function homeOf(service: ServiceSketch): string {
  return service.team === 'warehouse' ? 'production-depots' : 'production-eu';
}

function versionOf(minutesAgo: number, place: number): string {
  return `v${2 + (place % 7)}.${Math.max(1, 60 - Math.floor(minutesAgo / 1440))}.${place % 4}`;
}
