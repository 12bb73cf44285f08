import { links } from './company.ts';
import type { DemoEntity } from './demo.ts';
import type { Moments } from './moments.ts';
import type { People } from './people.ts';

interface Incident {
  readonly title: string;
  readonly severity: 1 | 2 | 3;
  readonly status: 'Investigating' | 'Mitigating' | 'Monitoring' | 'Resolved';
  readonly hoursAgo: number;
  /** Absent while it lasts. */
  readonly minutes?: number;
  readonly affects: readonly [string, ...string[]];
  readonly team: string;
  readonly orders: number;
  readonly impact: string;
  /** The deployment of the first affected service that went wrong is the cause. */
  readonly byDeployment?: true;
  readonly cause?: string;
  readonly next?: readonly string[];
}

const incidents: readonly Incident[] = [
  {
    title: 'Drivers cannot open their tours',
    severity: 1,
    status: 'Investigating',
    hoursAgo: 0.8,
    affects: ['driver-gateway', 'parcel-tracking'],
    team: 'last-mile',
    orders: 2140,
    impact: '186 vans are waiting at the depots.',
    byDeployment: true,
  },
  {
    title: 'Checkout slow for paying by transfer',
    severity: 2,
    status: 'Monitoring',
    hoursAgo: 3.1,
    affects: ['checkout', 'shop-gateway'],
    team: 'checkout',
    orders: 312,
    impact: 'One in nine customers waits longer than ten seconds.',
    byDeployment: true,
    cause: 'A new index was missing on the table of transfers.',
  },
  {
    title: 'Orders database is filling up',
    severity: 2,
    status: 'Mitigating',
    hoursAgo: 20,
    affects: ['orders'],
    team: 'checkout',
    orders: 0,
    impact: 'None yet; four days of room are left.',
    cause: 'The history of orders was never moved to the archive.',
  },
  {
    title: 'Search shows articles that are sold out',
    severity: 3,
    status: 'Resolved',
    hoursAgo: 26,
    minutes: 95,
    affects: ['product-search'],
    team: 'discovery',
    orders: 71,
    impact: 'Customers put things into carts that could not be bought.',
    byDeployment: true,
    cause: 'The new version read stock changes from the wrong offset.',
    next: ['Refuse to start when the offset is older than a day', 'Alert on the age of stock in the index'],
  },
  {
    title: 'Half of all discounts applied twice',
    severity: 1,
    status: 'Resolved',
    hoursAgo: 218,
    minutes: 48,
    affects: ['pricing', 'promotions', 'checkout'],
    team: 'checkout',
    orders: 1904,
    impact: '31,000 € given away.',
    byDeployment: true,
    cause: 'Promotions answered from cache while Pricing applied the same rule itself.',
    next: [
      'Rules live in Promotions only',
      'A test that buys the same cart through both paths',
      'Stop orders whose discount exceeds 60 %',
    ],
  },
  {
    title: 'Signing in fails in America',
    severity: 1,
    status: 'Resolved',
    hoursAgo: 400,
    minutes: 37,
    affects: ['sign-in', 'web-shop'],
    team: 'customers',
    orders: 880,
    impact: 'Nobody in America could sign in.',
    cause: 'A certificate ran out; its renewal had been switched off with the old cluster.',
    next: ['All certificates in one list, with their dates', 'Alert 21 days before'],
  },
  {
    title: 'Pickers walk the same aisle twice',
    severity: 3,
    status: 'Resolved',
    hoursAgo: 560,
    minutes: 340,
    affects: ['pick-planner'],
    team: 'warehouse',
    orders: 0,
    impact: 'A quarter fewer parcels in the afternoon shift.',
    cause: 'A shelf had been renumbered, and the map was not.',
    next: ['Read the map from the warehouse database'],
  },
  {
    title: 'Parcels shown at sea',
    severity: 3,
    status: 'Resolved',
    hoursAgo: 760,
    minutes: 62,
    affects: ['parcel-tracking'],
    team: 'last-mile',
    orders: 0,
    impact: 'Eleven thousand puzzled customers.',
    cause: 'Longitude and latitude were swapped in a new kind of event.',
    next: ['The event contract names both and their ranges'],
  },
  {
    title: 'Payment provider down',
    severity: 1,
    status: 'Resolved',
    hoursAgo: 1010,
    minutes: 74,
    affects: ['payments', 'checkout'],
    team: 'payments',
    orders: 2660,
    impact: 'No cards for an hour and a quarter.',
    cause: 'The provider itself; we switched to the second one by hand.',
    next: ['Switch without a human', 'Practise it every quarter'],
  },
  {
    title: 'Fraud check refuses everybody from Ghent',
    severity: 2,
    status: 'Resolved',
    hoursAgo: 1400,
    minutes: 205,
    affects: ['fraud-check'],
    team: 'payments',
    orders: 418,
    impact: 'Honest customers were asked to call us.',
    cause: 'The model had learned from one bad week.',
    next: ['Compare every new model with the last by region'],
  },
  {
    title: 'Stock negative after the sale',
    severity: 2,
    status: 'Resolved',
    hoursAgo: 1900,
    minutes: 130,
    affects: ['stock-levels', 'stock-reservations'],
    team: 'inventory',
    orders: 533,
    impact: '533 orders for things we did not have.',
    cause: 'Reservations were given back twice when a payment timed out.',
    next: ['Make giving back idempotent', 'Check the sum every hour'],
  },
  {
    title: 'Invoices without tax number',
    severity: 3,
    status: 'Resolved',
    hoursAgo: 2600,
    minutes: 1900,
    affects: ['invoices', 'tax'],
    team: 'billing',
    orders: 6200,
    impact: 'All invoices of a weekend were sent again.',
    cause: 'A field was renamed in one place only.',
    next: ['Contract test between Tax and Invoices'],
  },
  {
    title: 'Pictures missing on phones',
    severity: 3,
    status: 'Resolved',
    hoursAgo: 3300,
    minutes: 51,
    affects: ['media-library', 'mobile-gateway'],
    team: 'discovery',
    orders: 120,
    impact: 'Grey squares for a third of the apps.',
    cause: 'The resizer ran out of memory on very long pictures.',
    next: ['Refuse pictures longer than 8,000 pixels'],
  },
  {
    title: 'Ledger behind by two hours',
    severity: 2,
    status: 'Resolved',
    hoursAgo: 4100,
    minutes: 118,
    affects: ['ledger', 'orders'],
    team: 'billing',
    orders: 0,
    impact: 'Reports of the morning were wrong.',
    cause: 'One message could not be read and was tried for ever.',
    next: ['Put aside what fails five times', 'Alert on what is put aside'],
  },
];

/** Incidents, newest first; the ones that are over have a report. */
export function incidentEntities(people: People, deployments: readonly DemoEntity[], moments: Moments): DemoEntity[] {
  return incidents.map((incident, place) => {
    const [first] = incident.affects;
    const cause = deployments.find(
      ({ properties, relations }) =>
        relations?.service === first && (properties.status === 'Failed' || properties.status === 'Rolled back'),
    );
    const started = incident.hoursAgo * 60;
    return {
      blueprint: 'incident',
      identifier: `INC-${1480 - place * 7}`,
      title: incident.title,
      team: [incident.team],
      properties: {
        status: incident.status,
        severity: `SEV ${incident.severity}`,
        impact: incident.impact,
        started_at: moments.minutesAgo(started),
        ...(incident.minutes !== undefined && { resolved_at: moments.minutesAgo(started - incident.minutes) }),
        orders_affected: incident.orders,
        chat: links.chat(`inc-${1480 - place * 7}`),
        ...(incident.status === 'Resolved' && { report: report(incident) }),
      },
      relations: {
        affects: [...incident.affects],
        caused_by: incident.byDeployment ? (cause?.identifier ?? null) : null,
        commander: people.members(incident.severity === 1 ? 'reliability' : incident.team).at(0)?.email ?? null,
      },
    };
  });
}

function report({ title, impact, minutes, cause, next = [] }: Incident): string {
  return [
    `# ${title}`,
    `**Impact.** ${impact} It lasted ${minutes} minutes.`,
    `**Cause.** ${cause}`,
    '## What went well\n\nThe right people were in the channel within six minutes, and one of them decided.',
    `## What we change\n\n${next.map((step, place) => `- [${place === 0 ? 'x' : ' '}] ${step}`).join('\n')}`,
    '> Nobody is to blame for an incident. Something let a tired person make a small mistake with a large effect.',
  ].join('\n\n');
}
