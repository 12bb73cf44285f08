import type { Db } from '../../db/pool.ts';
import type { AccountKeeper } from '../people/index.ts';
import { ensureAccount, findAccountOf, setPasswordHash } from './account-store.ts';
import { issueLink } from './first-account.ts';
import { endSessions } from './session-store.ts';

const INVITATION_HOURS = 7 * 24;
const RENEWAL_HOURS = 24;

/** What the room of people and teams asks of accounts. */
export function accountKeeper(db: Db): AccountKeeper {
  return {
    async invite(entityId, email) {
      const id = await ensureAccount(db, entityId, email);
      await setPasswordHash(db, id, null);
      await endSessions(db, id);
      return issueLink(db, id, INVITATION_HOURS);
    },
    async renew(person) {
      const account = await findAccountOf(db, person);
      if (account?.status !== 'Active' && account?.status !== 'Invited') return null;
      await setPasswordHash(db, account.id, null);
      await endSessions(db, account.id);
      return issueLink(db, account.id, RENEWAL_HOURS);
    },
  };
}
