import { createBlueprint, createEntity, createSecret, getSecret, listAuditLog, patchEntity } from '@gantry/contract';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { admin, barriers, overflows, useStage } from './harness.ts';

const stage = useStage();

beforeAll(async () => {
  const { api } = stage;
  const schema = { properties: { tier: { type: 'string', title: 'Tier' } } } as const;
  await api.call(createBlueprint, { query: {}, body: { identifier: 'service', title: 'Service', schema } });
  const entity = { identifier: 'cart', title: 'Cart', properties: { tier: 'gold' } };
  await api.call(createEntity, { params: { blueprint: 'service' }, query: {}, body: entity });
  const at = { blueprint: 'service', entity: 'cart' };
  await api.call(patchEntity, { params: at, query: {}, body: { properties: { tier: 'silver' } } });
  await fetch(`${stage.url}/v1/blueprints/service`, { method: 'DELETE' });
});

afterEach(() => stage.closePages());

test('a secret goes in, is replaced and deleted, and never comes out', async () => {
  const page = await stage.open('/settings/secrets');
  const answers: string[] = [];
  page.on('response', async (response) => {
    if (response.url().includes('/v1/')) answers.push(await response.text().catch(() => ''));
  });
  await page.getByRole('heading', { name: 'No secrets yet' }).waitFor();
  await page.getByRole('button', { name: 'Add secret' }).click();
  const adding = page.getByRole('dialog', { name: 'Add a secret' });
  await adding.getByLabel('Name').fill('NPM TOKEN');
  await adding.getByText('Use letters, digits, - and _ only.').waitFor();
  await adding.getByLabel('Name').fill('NPM_TOKEN');
  await adding.getByLabel('Value').fill('npm-swordfish');
  await adding.getByLabel('Description').fill('For the registry');
  await adding.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: /NPM_TOKEN.*For the registry/ }).waitFor();

  await page.getByRole('button', { name: 'Change NPM_TOKEN' }).click();
  const changing = page.getByRole('dialog', { name: 'Change NPM_TOKEN' });
  expect(await changing.getByLabel('New value').inputValue()).toBe('');
  await changing.getByText('It has several lines').click();
  await changing.getByLabel('New value').fill('swordfish\nof two lines');
  await changing.getByLabel('Description').fill('');
  await changing.getByRole('button', { name: 'Save' }).click();
  await changing.waitFor({ state: 'hidden' });
  const { secret } = await stage.api.call(getSecret, { params: { name: 'NPM_TOKEN' } });
  expect(secret).not.toHaveProperty('description');

  await page.getByRole('button', { name: 'Delete NPM_TOKEN' }).click();
  const deleting = page.getByRole('dialog', { name: 'Delete NPM_TOKEN?' });
  expect(await deleting.getByRole('button', { name: 'Delete', exact: true }).isDisabled()).toBe(true);
  await deleting.getByLabel('Type NPM_TOKEN to confirm').fill('NPM_TOKEN');
  await deleting.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('heading', { name: 'No secrets yet' }).waitFor();
  expect(answers.join()).not.toContain('swordfish');
});

test('a refusal of the server is told where the value was typed', async () => {
  await stage.api.call(createSecret, { body: { secretName: 'TAKEN', secretValue: 'v' } });
  const page = await stage.open('/settings/secrets');
  await page.getByRole('button', { name: 'Add secret' }).click();
  const adding = page.getByRole('dialog', { name: 'Add a secret' });
  await adding.getByLabel('Name').fill('TAKEN');
  await adding.getByLabel('Value').fill('w');
  await adding.getByRole('button', { name: 'Save' }).click();
  await adding.getByText('There is a secret `TAKEN` already').waitFor();
});

test('the audit log says who did what, and leads to the entity', async () => {
  const page = await stage.open('/');
  await page.getByRole('button', { name: `Account of ${admin.email}` }).click();
  await page.getByRole('menuitem', { name: 'Audit log' }).click();
  await page.getByRole('row', { name: /Changed Entity service \/ cart API Done/ }).waitFor();
  await page.getByRole('button', { name: 'Show details: Changed service / cart' }).click();
  const changed = page.getByRole('table', { name: 'What changed' });
  await changed.getByRole('row', { name: 'properties.tier gold silver' }).waitFor();
  await page.getByText('The entry as JSON').click();
  await page.getByText('"resourceType": "entity"').waitFor();
  await page.getByRole('link', { name: 'Activity of this entity' }).click();
  await page.waitForURL('**/e/service/cart/activity');
});

test('filters are in the URL, and the export follows them', async () => {
  const page = await stage.open('/audit');
  await page.getByRole('combobox', { name: 'Result' }).click();
  await page.getByRole('option', { name: 'Refused or failed' }).click();
  await page.waitForURL('**/audit?status=FAILURE');
  await page
    .getByRole('row', { name: /Nobody signed in Tried to delete Blueprint service/ })
    .first()
    .waitFor();
  await page.getByRole('row', { name: /Created/ }).waitFor({ state: 'hidden' });
  await page.getByRole('searchbox', { name: 'Object' }).fill('no such thing');
  await page.getByRole('heading', { name: 'No entry matches' }).waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await page.getByRole('row', { name: /Created Blueprint service/ }).waitFor();
  expect(new URL(page.url()).search).toBe('');

  const filtered = await stage.open('/audit?about=entity&object=cart');
  await filtered.getByRole('row', { name: /Created Entity service \/ cart/ }).waitFor();
  await filtered.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    filtered.waitForEvent('download'),
    filtered.getByRole('menuitem', { name: 'CSV for spreadsheets' }).click(),
  ]);
  const [head, ...rows] = (await readAll(await download.createReadStream())).trim().split('\r\n');
  expect(head).toMatch(/^identifier,at,actor/);
  const { audits } = await stage.api.call(listAuditLog, { query: { resources: 'entity', object: 'cart' } });
  expect(rows.length).toBe(audits.length);
});

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

describe.each(['light', 'dark'] as const)('A11Y-1 in the %s theme', (theme) => {
  test.each([1440, 390])('at %i pixels neither page keeps anybody out', async (width) => {
    const audit = await stage.open('/audit', { theme, width });
    await audit.getByRole('button', { name: 'Show details: Changed service / cart' }).click();
    await audit.getByText('The entry as JSON').click();
    expect(await barriers(audit)).toEqual([]);
    expect(await overflows(audit)).toBe(false);
    const secrets = await stage.open('/settings/secrets', { theme, width });
    await secrets.getByRole('button', { name: 'Change TAKEN' }).waitFor();
    expect(await barriers(secrets)).toEqual([]);
    expect(await overflows(secrets)).toBe(false);
    await secrets.getByRole('button', { name: 'Change TAKEN' }).click();
    await secrets.getByRole('dialog').getByLabel('New value').waitFor();
    expect(await barriers(secrets)).toEqual([]);
  });
});
