import type { Chance } from './chance.ts';
import { DOMAIN, links } from './company.ts';
import type { DemoEntity } from './demo.ts';
import type { Moments } from './moments.ts';
import { serviceSketches } from './service-sketches.ts';

const environments = [
  [
    'development',
    'Development',
    'Development',
    'eu-central-1',
    ['staging'],
    'Built anew from main every night; nobody minds when it breaks.',
  ],
  [
    'staging',
    'Staging',
    'Staging',
    'eu-central-1',
    ['production-eu', 'production-us'],
    'Last week’s orders with invented names.',
  ],
  ['production-eu', 'Production, Europe', 'Production', 'eu-central-1', [], 'Where Europe shops.'],
  ['production-us', 'Production, America', 'Production', 'us-east-1', [], 'Where America shops, since last autumn.'],
  [
    'production-depots',
    'Production, depots',
    'Production',
    'eu-west-1',
    [],
    'What must work when a warehouse has lost the internet.',
  ],
] as const;

/** Places to run, in the order in which a change passes them. */
export function environmentEntities(): DemoEntity[] {
  return environments.map(([identifier, title, type, region, promotesTo, description]) => ({
    blueprint: 'environment',
    identifier,
    title,
    team: ['developer-platform'],
    properties: {
      description,
      type,
      region,
      url: `https://${identifier}.${DOMAIN}`,
      frozen: identifier === 'production-us',
    },
    relations: { promotes_to: [...promotesTo] },
  }));
}

const clusters = [
  ['harbour', 'Harbour', 'production-eu', 'eu-central-1', '1.34', 'Under pressure', 48, 1910, 87, 79, 41_200, 210],
  ['lighthouse', 'Lighthouse', 'production-us', 'us-east-1', '1.34', 'Ready', 22, 760, 54, 61, 19_800, 210],
  ['depot-ring', 'Depot ring', 'production-depots', 'eu-west-1', '1.32', 'Ready', 12, 240, 38, 44, 7_900, -18],
  ['mooring', 'Mooring', 'staging', 'eu-central-1', '1.35', 'Upgrading', 14, 610, 41, 52, 6_400, 320],
  ['sandbank', 'Sandbank', 'development', 'eu-central-1', '1.35', 'Ready', 9, 530, 66, 71, 3_100, 320],
] as const;

/** Kubernetes clusters; one is past the end of its version's support. */
export function clusterEntities(moments: Moments): DemoEntity[] {
  return clusters.map(
    ([id, title, environment, region, version, status, nodes, pods, cpu, memory, cost, supportedDays]) => ({
      blueprint: 'cluster',
      identifier: id,
      title,
      team: ['reliability'],
      properties: {
        description: `Runs ${environment.replace('-', ' ')}.`,
        region,
        kubernetes_version: version,
        supported_until: moments.daysAgo(-supportedDays),
        status,
        nodes,
        pods,
        cpu_used: cpu,
        memory_used: memory,
        monthly_cost: cost,
        links: [
          { url: links.dashboard(`cluster-${id}`), displayText: 'Dashboard' },
          { url: links.cloud('clusters', id), displayText: 'Console' },
        ],
      },
      relations: { environment },
    }),
  );
}

type Kind = 'RDS instance' | 'Cache' | 'Bucket' | 'Search index' | 'Function' | 'Warehouse';

/** Name, kind, size, storage in GB, € a month, what it holds. */
const resources: readonly (readonly [string, Kind, string, number, number, string])[] = [
  ['catalog-db', 'RDS instance', 'db.r8g.2xlarge', 800, 2140, 'Articles, variants and categories'],
  ['catalog-db-replica', 'RDS instance', 'db.r8g.xlarge', 800, 1120, 'Reading copy for search and exports'],
  ['orders-db', 'RDS instance', 'db.r8g.4xlarge', 4200, 6380, 'Orders of nine years'],
  ['orders-db-replica', 'RDS instance', 'db.r8g.2xlarge', 4200, 3900, 'Reading copy for the help desk and reports'],
  ['checkout-db', 'RDS instance', 'db.r8g.xlarge', 200, 980, 'Checkouts under way'],
  ['pricing-db', 'RDS instance', 'db.r8g.xlarge', 300, 1040, 'Prices and promotions'],
  ['identity-db', 'RDS instance', 'db.r8g.xlarge', 250, 1150, 'Accounts and passkeys'],
  ['customers-db', 'RDS instance', 'db.m8g.xlarge', 400, 870, 'Profiles, consents and addresses'],
  ['reviews-db', 'RDS instance', 'db.m7g.large', 150, 310, 'Stars and opinions'],
  ['content-db', 'RDS instance', 'db.t4g.medium', 50, 90, 'Guides and campaigns'],
  ['stock-db', 'RDS instance', 'db.r8g.2xlarge', 600, 2010, 'Levels and reservations'],
  ['warehouse-db', 'RDS instance', 'db.m8g.2xlarge', 900, 1760, 'Shelves, walks and returns'],
  ['delivery-db', 'RDS instance', 'db.m8g.xlarge', 500, 920, 'Tours and slots'],
  ['payments-db', 'RDS instance', 'db.r8g.2xlarge', 1100, 2890, 'Payments and gift cards'],
  ['payments-db-replica', 'RDS instance', 'db.r8g.xlarge', 1100, 1500, 'Reading copy for billing'],
  ['ledger-db', 'RDS instance', 'db.r8g.2xlarge', 2400, 3420, 'The books'],
  ['ledger-db-replica', 'RDS instance', 'db.r8g.xlarge', 2400, 1800, 'The books, for auditors'],
  ['flags-db', 'RDS instance', 'db.t4g.small', 20, 40, 'Feature flags'],
  ['gateway-cache', 'Cache', 'cache.r7g.large', 26, 420, 'Answers for pages'],
  ['session-cache', 'Cache', 'cache.r7g.xlarge', 52, 610, 'Sessions'],
  ['stock-cache', 'Cache', 'cache.r7g.large', 26, 400, 'Levels for search'],
  ['cart-store', 'Cache', 'cache.r7g.2xlarge', 105, 1180, 'Carts; written to disk every second'],
  ['tracking-store', 'Cache', 'cache.r7g.large', 26, 410, 'Where each parcel was last seen'],
  ['recommendation-cache', 'Cache', 'cache.m7g.large', 13, 210, 'Suggestions, computed nightly'],
  ['feature-cache', 'Cache', 'cache.r7g.xlarge', 52, 590, 'Numbers for models'],
  ['product-index', 'Search index', '6 × r7g.xlarge', 900, 2650, 'The catalogue, by word'],
  ['notification-log', 'Search index', '3 × m7g.large', 400, 720, 'What was sent to whom'],
  ['static-assets', 'Bucket', 'standard', 90, 60, 'Scripts and styles of the web shop'],
  ['product-media', 'Bucket', 'standard', 21_000, 1480, 'Pictures and films'],
  ['supplier-files', 'Bucket', 'standard', 700, 40, 'What suppliers send'],
  ['invoice-archive', 'Bucket', 'write once', 3_100, 190, 'Invoices, kept for ten years'],
  ['fraud-models', 'Bucket', 'standard', 40, 20, 'Models, by the night they were learned'],
  ['map-tiles', 'Bucket', 'standard', 320, 30, 'Streets and bridges, renewed monthly'],
  ['build-artifacts', 'Bucket', 'standard', 5_400, 140, 'What has been compiled already'],
  ['event-archive', 'Bucket', 'infrequent access', 88_000, 1920, 'Every event of seven years'],
  ['image-resizer', 'Function', '1 GB, 10 s', 0, 230, 'Cuts pictures to size'],
  ['warehouse-sql', 'Warehouse', '8 slots', 61_000, 5200, 'Tables for reports'],
];

const engines: Readonly<Record<Kind, string>> = {
  'RDS instance': 'PostgreSQL 17',
  Cache: 'Valkey 8',
  Bucket: 'Object store',
  'Search index': 'OpenSearch 3',
  Function: 'Node 24',
  Warehouse: 'Columnar SQL',
};

/** Rented things, owned by the team of the first service that uses them; a few have been set up carelessly. */
export function resourceEntities(chance: Chance): DemoEntity[] {
  return resources.map(([name, kind, size, storage, cost, description]) => {
    const user = serviceSketches.find((service) => service.resources?.includes(name));
    const careless = name === 'supplier-files' || name === 'content-db';
    const primary = /^(.*)-replica$/.exec(name)?.[1];
    return {
      blueprint: 'cloud_resource',
      identifier: name,
      title: name,
      team: user?.team ? [user.team] : [],
      properties: {
        description,
        kind,
        engine: name === 'reviews-db' ? 'PostgreSQL 13' : engines[kind],
        size,
        region: user?.team === 'warehouse' ? 'eu-west-1' : 'eu-central-1',
        ...(storage > 0 && { storage_gb: storage, storage_used: name === 'orders-db' ? 93 : chance.between(18, 81) }),
        ...(kind === 'RDS instance' && { backup_days: careless ? 0 : chance.pick([7, 14, 35]) }),
        encrypted: !careless,
        public: name === 'static-assets' || name === 'supplier-files',
        monthly_cost: cost,
        console: links.cloud(kind.toLowerCase().replace(' ', '-'), name),
      },
      relations: {
        environment: user?.team === 'warehouse' ? 'production-depots' : 'production-eu',
        replica_of: primary ?? null,
      },
    };
  });
}
