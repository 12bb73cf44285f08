import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A user and group to run PostgreSQL as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Whom initdb runs as: it insists on a user that has a name. What it makes is handed to the dedicated account afterwards. */
export const namedAccount: Account = { uid: 65534, gid: 65534 };

/**
 * Whom the server runs as when Gantry is root, which PostgreSQL refuses to be. The number lies in a range no distribution
 * hands out to people or services, so that, unlike `nobody`, nobody else's process can touch the database.
 */
const dedicated: Account = { uid: 61007, gid: 61007 };

/** The account for the cluster in `folder`; undefined: Gantry's own, for Gantry is not root. */
export function serverAccount(folder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(folder, { throwIfNoEntry: false });
  // A cluster that an ordinary user made, and root now starts, stays that user's.
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : dedicated;
}

/** Can `account` walk down to `path`? (Extended access lists are not looked at: then the answer is a needless no.) */
export function canReach(account: Account, path: string): boolean {
  const parent = dirname(path);
  return mayEnter(account, statSync(path)) && (parent === path || canReach(account, parent));
}

function mayEnter(account: Account, entry: Stats): boolean {
  if (entry.uid === account.uid) return (entry.mode & 0o100) !== 0;
  if (entry.gid === account.gid) return (entry.mode & 0o010) !== 0;
  return (entry.mode & 0o001) !== 0;
}
