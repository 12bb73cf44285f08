import { expect, test, vi } from 'vitest';
import { member, vouchingFor } from '../../../test/vouching-for.ts';
import { withGantry } from '../../../test/with-gantry.ts';

const { call, send } = withGantry({}, { authority: vouchingFor({ red: member('red', ['red']) }) });

const asRed = (method: 'GET' | 'PATCH' | 'POST', path: string, body?: unknown) =>
  send(method, path, { body, headers: { authorization: 'Bearer red' } });

test('AL-3 what a member may not do is written down with who tried, one by one and in bulk', async () => {
  await call('POST', '/v1/blueprints', { identifier: 'service' });
  await call('POST', '/v1/blueprints/service/entities', { identifier: 'theirs' });
  expect((await asRed('PATCH', '/v1/blueprints/service/entities/theirs', { title: 'mine' })).status).toBe(403);
  const entities = [{ identifier: 'a' }, { identifier: 'b' }];
  expect((await asRed('POST', '/v1/blueprints/service/entities/bulk', { entities })).status).toBe(207);
  expect((await asRed('GET', '/v1/organization/secrets')).status).toBe(403);
  expect((await asRed('GET', '/v1/audit-log')).status).toBe(403);

  await vi.waitFor(async () => {
    const log = await call('GET', '/v1/audit-log?status=FAILURE&actor=red@example.com');
    const found = log.list('audits').map(({ action, resourceType, context, message }) => {
      return { action, resourceType, context, message };
    });
    expect(found).toHaveLength(4);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ action: 'READ', resourceType: 'audit' }),
        expect.objectContaining({ action: 'READ', resourceType: 'secret' }),
        expect.objectContaining({ action: 'CREATE', message: expect.stringMatching(/^2 of 2 entities were refused/) }),
        expect.objectContaining({ action: 'UPDATE', context: { blueprint: 'service', entity: 'theirs' } }),
      ]),
    );
  }, 5000);
});
