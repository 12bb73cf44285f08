import type { DemoEntity } from './demo.ts';

const domains = [
  ['shopping', 'Shopping', 'shop-group', 4200, 'What customers do before they pay: looking, comparing, deciding.'],
  ['customers', 'Customers', 'shop-group', 1600, 'Who our customers are, and how we speak with them.'],
  ['fulfilment', 'Fulfilment', 'fulfilment-group', 5100, 'Stock, warehouses, vans.'],
  ['finance', 'Finance', 'finance-group', 2300, 'Payments, invoices, taxes and the books.'],
  ['technology', 'Technology', 'platform-group', 3800, 'What serves all the others and no customer directly.'],
] as const;

const capabilities = [
  [
    'storefront-experience',
    'Storefront',
    'shopping',
    'storefront',
    'Stops the shop',
    'Pages and apps that customers use.',
    ['product-discovery', 'cart-and-checkout', 'customer-identity'],
  ],
  [
    'product-discovery',
    'Product discovery',
    'shopping',
    'discovery',
    'Costs orders',
    'The catalogue, search, pictures, opinions and suggestions.',
    ['stock-control'],
  ],
  [
    'cart-and-checkout',
    'Cart and checkout',
    'shopping',
    'checkout',
    'Stops the shop',
    'Prices, carts and the way to a placed order.',
    ['payment-processing', 'stock-control', 'parcel-delivery', 'customer-identity'],
  ],
  [
    'customer-identity',
    'Customer identity',
    'customers',
    'customers',
    'Stops the shop',
    'Signing in and being recognised.',
    [],
  ],
  [
    'customer-care',
    'Customer care',
    'customers',
    'customers',
    'Can wait',
    'Messages to customers, and answers to theirs.',
    ['customer-identity', 'cart-and-checkout'],
  ],
  [
    'stock-control',
    'Stock control',
    'fulfilment',
    'inventory',
    'Stops the shop',
    'What lies where, and for whom it is kept.',
    [],
  ],
  [
    'warehouse-operations',
    'Warehouse operations',
    'fulfilment',
    'warehouse',
    'Costs orders',
    'Picking, packing and taking back.',
    ['stock-control'],
  ],
  [
    'parcel-delivery',
    'Parcel delivery',
    'fulfilment',
    'last-mile',
    'Costs orders',
    'Hours to choose from, routes for the vans, and where the parcel is.',
    ['warehouse-operations'],
  ],
  [
    'payment-processing',
    'Payment processing',
    'finance',
    'payments',
    'Stops the shop',
    'Cards, transfers, gift cards, and keeping thieves out.',
    [],
  ],
  [
    'accounting',
    'Accounting',
    'finance',
    'billing',
    'Costs orders',
    'Invoices, taxes and the ledger.',
    ['payment-processing'],
  ],
  [
    'insight',
    'Insight',
    'technology',
    'data-platform',
    'Can wait',
    'Events kept, counted and turned into answers.',
    [],
  ],
  [
    'delivery-platform',
    'Engineering platform',
    'technology',
    'developer-platform',
    'Costs orders',
    'What teams need to build, ship and switch things on.',
    [],
  ],
] as const;

/** Domains, sponsored by the directors of the groups, and the capabilities within them. */
export function businessEntities(leads: ReadonlyMap<string, string>): DemoEntity[] {
  const inDomains = domains.map(([identifier, title, group, budget, description]) => ({
    blueprint: 'business_domain',
    identifier,
    title,
    team: [group],
    properties: { description, yearly_budget: budget, charter: charter(title, description) },
    relations: { sponsor: leads.get(group) ?? null },
  }));
  const inCapabilities = capabilities.map(([identifier, title, domain, team, criticality, description, dependsOn]) => ({
    blueprint: 'capability',
    identifier,
    title,
    team: [team],
    properties: { description, criticality },
    relations: { domain, depends_on: [...dependsOn] },
  }));
  return [...inDomains, ...inCapabilities];
}

function charter(title: string, description: string): string {
  return [
    `# ${title}`,
    description,
    '## We decide',
    '- what the capabilities of this domain promise to the others',
    '- which of their services may be switched off in an emergency, and in which order',
    '## We measure',
    '| what | how often |\n|---|---|\n| service levels kept | weekly |\n| cost per order | monthly |\n| time from idea to customer | quarterly |',
  ].join('\n\n');
}
