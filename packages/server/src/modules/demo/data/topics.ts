import { DOMAIN } from './company.ts';
import type { DemoEntity } from './demo.ts';
import { serviceSketches } from './service-sketches.ts';

/** Name, title, partitions, hours kept, messages a day, what is told, fields of a message with examples. */
const topics: readonly (readonly [
  string,
  string,
  number,
  number,
  number,
  string,
  Readonly<Record<string, string | number>>,
])[] = [
  [
    'product-changes',
    'Product changes',
    12,
    168,
    410_000,
    'An article was added, changed or taken out.',
    { articleId: 'A-20417', change: 'price' },
  ],
  [
    'stock-changes',
    'Stock changes',
    24,
    72,
    3_900_000,
    'There are more or fewer of an article than a moment ago.',
    { articleId: 'A-20417', warehouse: 'RTM-2', available: 143 },
  ],
  [
    'cart-events',
    'Cart events',
    12,
    72,
    1_700_000,
    'Something was put into a cart or taken out.',
    { cartId: 'c_8fj20', articleId: 'A-20417', quantity: 2 },
  ],
  [
    'order-events',
    'Order events',
    24,
    720,
    640_000,
    'An order was placed, paid, picked, brought, sent back.',
    { orderId: '2026-114-88120', status: 'picked' },
  ],
  [
    'payment-events',
    'Payment events',
    12,
    720,
    310_000,
    'Money was promised, taken or given back.',
    { paymentId: 'p_44190', status: 'captured', amountCents: 7485 },
  ],
  [
    'customer-events',
    'Customer events',
    6,
    168,
    95_000,
    'Somebody registered, changed their data or left.',
    { customerId: 'k_11873', change: 'registered' },
  ],
  [
    'warehouse-scans',
    'Warehouse scans',
    24,
    48,
    5_200_000,
    'Somebody scanned something.',
    { device: 'H-114', code: '4006381333931', shelf: 'C-12-4' },
  ],
  [
    'parcel-events',
    'Parcel events',
    12,
    336,
    880_000,
    'A parcel was loaded, passed on, handed over.',
    { parcelId: 'TW-558-201', event: 'loaded', van: 'V-207' },
  ],
];

const personal = new Set(['order-events', 'payment-events', 'customer-events', 'parcel-events']);

/** Event streams with their contracts, owned by the team of the first service that publishes them. */
export function topicEntities(): DemoEntity[] {
  return topics.map(([identifier, title, partitions, retention, perDay, description, example]) => {
    const publisher = serviceSketches.find((service) => service.publishes?.includes(identifier));
    return {
      blueprint: 'topic',
      identifier,
      title,
      team: publisher?.team ? [publisher.team] : [],
      properties: {
        description,
        partitions,
        retention_hours: retention,
        messages_per_day: perDay,
        personal_data: personal.has(identifier),
        contract: asyncApi(identifier, title, description, example),
      },
    };
  });
}

function asyncApi(
  id: string,
  title: string,
  about: string,
  example: Readonly<Record<string, string | number>>,
): Record<string, unknown> {
  const properties = Object.entries({ at: '2026-03-01T10:15:00Z', ...example }).map(([name, value]) => [
    name,
    {
      type: typeof value === 'number' ? 'integer' : 'string',
      ...(name === 'at' && { format: 'date-time' }),
      examples: [value],
    },
  ]);
  return {
    asyncapi: '3.0.0',
    info: { title, version: '1.0.0', description: about },
    servers: { production: { host: `events.${DOMAIN}:9092`, protocol: 'kafka' } },
    channels: { [id]: { address: id, messages: { event: { $ref: '#/components/messages/event' } } } },
    operations: { receive: { action: 'receive', channel: { $ref: `#/channels/${id}` } } },
    components: {
      messages: {
        event: { name: 'event', contentType: 'application/json', payload: { $ref: '#/components/schemas/event' } },
      },
      schemas: { event: { type: 'object', required: ['at'], properties: Object.fromEntries(properties) } },
    },
  };
}
