import { normalEmail } from '@gantry/core';
import SCIMMY from 'scimmy';
import { type ResourceKind, withoutKnown } from './resource.ts';
import './schemas.ts';
import type { Row } from './store.ts';

type User = SCIMMY.Schemas.User;

/** Users are `_user` entities, called by their primary e-mail address, or by `userName` where there is none. */
export const users: ResourceKind<User> = {
  kind: '_user',
  naming: 'userName',
  read: (body) => new SCIMMY.Schemas.User(body, 'in'),
  present(row, base) {
    const { attributes, identifier } = row;
    const mail = identifier.includes('@') ? { emails: [{ value: identifier, primary: true }] } : {};
    const data = {
      ...{ userName: identifier, ...mail, ...attributes },
      ...{ id: row.id, active: row.status !== 'Disabled', displayName: row.title ?? identifier },
      groups: row.others.map(({ id, display }) => ({
        value: id,
        display,
        $ref: `${base}/Groups/${id}`,
        type: 'direct',
      })),
      meta: { created: row.created_at, lastModified: row.updated_at },
    };
    return new SCIMMY.Schemas.User(data, 'out', `${base}/Users`);
  },
  async plan(_, wanted, before) {
    const identifier = addressOf(wanted);
    const input = { identifier, title: nameOf(wanted), properties: { status: statusOf(wanted, before) } };
    return { identifier, input, attributes: withoutKnown(wanted, ['active', 'groups', 'displayName']), others: [] };
  },
  release: async () => [],
};

function addressOf({ emails = [], userName }: User): string {
  const email = emails.find(({ primary }) => primary) ?? emails[0];
  return normalEmail(email?.value ?? userName);
}

function nameOf({ displayName, name, userName }: User): string {
  const parts = [name?.givenName, name?.familyName].filter(Boolean).join(' ');
  return displayName || name?.formatted || parts || userName;
}

/** Whoever is made active again was asked in before; whoever is new is asked in by being sent here. */
function statusOf({ active }: User, before: Row | null): string {
  if (active === false) return 'Disabled';
  return before?.status && before.status !== 'Disabled' ? before.status : 'Active';
}
