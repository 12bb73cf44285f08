import type { TestGantry } from './with-gantry.ts';

const tier = { type: 'string', enum: ['gold', 'silver'] };

/** Three kinds and a handful of entities that know one another, written through the API. */
export async function foundSmallCompany({ call }: Pick<TestGantry, 'call'>): Promise<void> {
  const blueprints = [
    { identifier: 'squad', title: 'Squad', schema: { properties: { chat: { type: 'string' } } } },
    {
      identifier: 'service',
      title: 'Service',
      schema: {
        properties: {
          tier,
          language: { type: 'string' },
          lines: { type: 'number' },
          live: { type: 'boolean' },
          tags: { type: 'array' },
          deployed: { type: 'string', format: 'date-time' },
        },
      },
      relations: {
        owner: { target: 'squad', title: 'Owner' },
        needs: { target: 'service', many: true, title: 'Needs' },
      },
      mirrorProperties: { ownerName: { title: 'Owner', path: 'owner.$title' } },
    },
    { identifier: 'secret', title: 'Secret', includeInGlobalSearch: false },
  ];
  for (const blueprint of blueprints) await must(call('POST', '/v1/blueprints', blueprint));
  await upsert(call, 'squad', [
    { identifier: 'red', title: 'Red Squad', properties: { chat: '#red' } },
    { identifier: 'blue' },
  ]);
  await upsert(call, 'service', [
    { identifier: 'ledger', properties: { tier: 'gold', language: 'java', lines: 900, live: true } },
    {
      identifier: 'mail',
      title: 'Mail sender',
      properties: { tier: 'silver', language: 'go', lines: 50, tags: ['smtp'] },
    },
  ]);
  const properties = {
    tier: 'gold',
    language: 'go',
    lines: 300,
    tags: ['pci', 'smtp'],
    deployed: '2024-05-01T10:00:00Z',
  };
  await upsert(call, 'service', [
    {
      identifier: 'checkout',
      title: 'Checkout',
      icon: 'Cart',
      team: ['red', 'payments'],
      properties,
      relations: { owner: 'red', needs: ['mail', 'ledger'] },
    },
    { identifier: 'payments', title: '=Payments', properties: { language: 'go' }, relations: { needs: ['ledger'] } },
  ]);
  await upsert(call, 'secret', [{ identifier: 'checkout-key' }]);
}

async function upsert(call: TestGantry['call'], blueprint: string, entities: readonly object[]): Promise<void> {
  await must(call('POST', `/v1/blueprints/${blueprint}/entities/bulk`, { entities }));
}

async function must(answer: ReturnType<TestGantry['call']>): Promise<void> {
  const { status, body } = await answer;
  if (status >= 300 || status === 207) throw new Error(`The company could not be founded: ${JSON.stringify(body)}`);
}
