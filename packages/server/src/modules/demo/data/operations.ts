import type { Chance } from './chance.ts';
import { DOMAIN, links } from './company.ts';
import type { DemoEntity } from './demo.ts';
import type { Moments } from './moments.ts';
import type { People } from './people.ts';
import { serviceSketches } from './service-sketches.ts';
import { teams } from './teams.ts';

/** Teams that are called at night themselves; the others have Reliability answer for them. */
const calledTeams: ReadonlySet<string> = new Set([
  'storefront',
  'discovery',
  'checkout',
  'customers',
  'inventory',
  'last-mile',
  'payments',
  'billing',
  'reliability',
]);

/** The on-call schedule of a team; null for teams that have none. */
export function scheduleOf(team: string | null): string | null {
  return team !== null && calledTeams.has(team) ? `${team}-on-call` : null;
}

/** Who of a team is called today. */
export function onCallOf(team: string | null, people: People): string | null {
  const members = team === null ? [] : people.members(team);
  return (scheduleOf(team) === null ? undefined : members.at(-1)?.email) ?? null;
}

export function scheduleEntities(people: People, chance: Chance, moments: Moments): DemoEntity[] {
  return teams
    .filter(({ id }) => calledTeams.has(id))
    .map((team) => ({
      blueprint: 'on_call_schedule',
      identifier: `${team.id}-on-call`,
      title: `${team.title} on call`,
      team: [team.id],
      properties: {
        rotation: team.id === 'reliability' ? 'Follow the sun' : chance.pick(['Weekly', 'Weekly', 'Daily']),
        on_call_now: onCallOf(team.id, people),
        next_handover_at: moments.hoursAgo(-chance.between(3, 150)),
        escalates_after_minutes: team.id === 'payments' || team.id === 'checkout' ? 5 : 15,
        time_zone: team.office === 'Dublin' ? 'Europe/Dublin' : 'Europe/Berlin',
        url: links.pager(team.id),
      },
      relations: {
        members: people.members(team.id).map((person) => person.email),
        escalates_to: team.id === 'reliability' ? null : 'reliability-on-call',
      },
    }));
}

/** Service, what is promised, target and reality of the last 30 days, in percent. */
const promises: readonly (readonly [service: string, what: string, target: number, actual: number])[] = [
  ['web-shop', 'Pages answer within a second', 99.5, 99.71],
  ['shop-gateway', 'Requests succeed', 99.9, 99.87],
  ['product-search', 'Answers within 100 ms', 99, 98.1],
  ['product-catalog', 'Requests succeed', 99.95, 99.99],
  ['cart', 'Requests succeed', 99.95, 99.97],
  ['checkout', 'Orders go through', 99.9, 99.62],
  ['orders', 'Requests succeed', 99.95, 99.96],
  ['sign-in', 'Requests succeed', 99.95, 99.98],
  ['stock-levels', 'Scans show within a second', 99, 99.4],
  ['payments', 'Payments decided within 3 s', 99.5, 99.52],
  ['fraud-check', 'Decided within 200 ms', 99, 99.2],
  ['ledger', 'Entries booked within a minute', 99.99, 100],
  ['route-planner', 'Tours ready by five o’clock', 98, 99.1],
  ['parcel-tracking', 'Positions not older than two minutes', 99, 99.03],
];

export function sloEntities(): DemoEntity[] {
  return promises.map(([service, what, target, actual]) => {
    const budget = Math.round((1 - (100 - actual) / (100 - target)) * 1000) / 10;
    const sketch = serviceSketches.find(({ id }) => id === service);
    return {
      blueprint: 'slo',
      identifier: `${service}-slo`,
      title: `${sketch?.title ?? service}: ${what.toLowerCase()}`,
      team: sketch?.team ? [sketch.team] : [],
      properties: {
        description: `${what} in ${target} % of cases, counted over 30 days.`,
        status: budget < 0 ? 'Broken' : budget < 20 ? 'At risk' : 'Kept',
        target,
        actual,
        budget_left: Math.max(0, budget),
        dashboard: `https://metrics.${DOMAIN}/embed/slo-${service}`,
      },
      relations: { service },
    };
  });
}
