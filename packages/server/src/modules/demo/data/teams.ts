export interface Team {
  readonly id: string;
  readonly title: string;
  readonly kind: 'Department' | 'Group' | 'Team';
  readonly partOf?: string;
  readonly office: string;
  readonly mission: string;
}

const team = (partOf: string, id: string, title: string, office: string, mission: string): Team => ({
  id,
  title,
  kind: 'Team',
  partOf,
  office,
  mission,
});

const group = (id: string, title: string, office: string, mission: string): Team => ({
  ...team('engineering', id, title, office, mission),
  kind: 'Group',
});

/** The department, its groups, and their teams. */
export const teams: readonly Team[] = [
  {
    id: 'engineering',
    title: 'Engineering',
    kind: 'Department',
    office: 'Hamburg',
    mission: 'Build and run everything between a click in the shop and a parcel at the door.',
  },
  group('shop-group', 'Shop', 'Hamburg', 'Everything a customer sees before paying.'),
  group('fulfilment-group', 'Fulfilment', 'Rotterdam', 'From the shelf in the warehouse to the door.'),
  group('finance-group', 'Payments and finance', 'Dublin', 'Money in, money out, and every cent accounted for.'),
  group('platform-group', 'Platform', 'Lisbon', 'The ground that all other teams stand on.'),
  team(
    'shop-group',
    'storefront',
    'Storefront',
    'Hamburg',
    'A shop that is **fast on a bad phone** and pleasant on a good one.',
  ),
  team(
    'shop-group',
    'discovery',
    'Discovery',
    'Hamburg',
    'Customers find what they want, and what they did not know they wanted.',
  ),
  team('shop-group', 'checkout', 'Checkout', 'Berlin', 'From a full cart to a placed order in under a minute.'),
  team('shop-group', 'customers', 'Customer accounts', 'Berlin', 'One account, one conversation, no surprises.'),
  team('fulfilment-group', 'inventory', 'Inventory', 'Rotterdam', 'What the shop says is in stock **is** in stock.'),
  team('fulfilment-group', 'warehouse', 'Warehouse systems', 'Rotterdam', 'Short walks, right items, whole parcels.'),
  team('fulfilment-group', 'last-mile', 'Last mile', 'Utrecht', 'Vans that arrive in the hour we promised.'),
  team(
    'finance-group',
    'payments',
    'Payments',
    'Dublin',
    'Every way to pay that customers ask for, none that fraudsters like.',
  ),
  team('finance-group', 'billing', 'Billing', 'Dublin', 'Invoices, taxes and the ledger, right the first time.'),
  team(
    'platform-group',
    'developer-platform',
    'Developer platform',
    'Lisbon',
    'A new service in production **on the first day**.',
  ),
  team('platform-group', 'data-platform', 'Data platform', 'Lisbon', 'Numbers that two people can agree on.'),
  team('platform-group', 'reliability', 'Reliability', 'Hamburg', 'Quiet nights.'),
  team('platform-group', 'security', 'Security', 'Lisbon', 'Doors that close by themselves.'),
];
