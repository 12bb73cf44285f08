import { createHash } from 'node:crypto';
import { isReading, type Route, VIEW_AS_HEADER } from '@gantry/contract';
import { type Actor, isAlmighty, Refusal } from '@gantry/core';
import type { FastifyRequest } from 'fastify';
import { insertEntries } from '../audit/record.ts';
import type { Db } from '../db/pool.ts';
import { trailOf } from './audit-trail.ts';
import { type Authority, SESSION_COOKIE } from './authenticate.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const ROLE = 'role:';
/** Beginnings that are remembered; the oldest is forgotten, and written down once more when it comes again. */
const MOST_REMEMBERED = 10_000;

/**
 * Administrators who look as somebody else: the request becomes that person's, and may only read. That it began is
 * written to the audit log once for each session or token and person, for as long as this process runs.
 */
export class Viewing {
  readonly #db: Db;
  readonly #authority: Authority;
  readonly #begun = new Map<string, Promise<void>>();

  constructor(db: Db, authority: Authority) {
    this.#db = db;
    this.#authority = authority;
  }

  /**
   * Turns the actor of a request that asks for it into whom they want to look as. Nobody stays nobody.
   * @throws Refusal `forbidden` for whoever is no administrator and for changes, `not_found` for unknown people,
   * `malformed_request`
   */
  async begin(request: FastifyRequest, route: Route): Promise<void> {
    const takesQuery = route.query !== undefined && 'view_as' in route.query.properties;
    const wanted = wantedView(request.headers, takesQuery ? (request.query as { view_as?: unknown }) : {});
    const caller = request.actor;
    if (wanted === undefined || !caller) return;
    const actor = await lookAs(caller, wanted, this.#authority);
    if (!isReading(route)) {
      throw new Refusal('forbidden', `While you view Gantry as ${actor.label} you can only look. Stop viewing first.`);
    }
    await this.#writeDown(request, caller, actor);
    request.actor = actor;
    request.viewer = caller;
  }

  async #writeDown(request: FastifyRequest, caller: Actor, actor: Actor): Promise<void> {
    const proof = request.headers.authorization ?? request.cookies[SESSION_COOKIE] ?? '';
    const key = createHash('sha256')
      .update(JSON.stringify([proof, caller.id, actor.id]))
      .digest('base64');
    const known = this.#begun.get(key);
    if (known) return known;
    const resource = { type: 'user', identifier: actor.label } as const;
    const entry = { action: 'READ', resource, message: `Began to view Gantry as ${actor.label}.` } as const;
    const written = insertEntries(this.#db, [{ entry, actor: caller, trail: trailOf(request), at: new Date() }]);
    this.#begun.set(key, written);
    const [oldest] = this.#begun.keys();
    if (this.#begun.size > MOST_REMEMBERED && oldest !== undefined) this.#begun.delete(oldest);
    try {
      await written;
    } catch (error) {
      this.#begun.delete(key);
      throw error;
    }
  }
}

/**
 * Whom a request wants to look as: by its header, percent-encoded, or by `view_as` of the query where that is taken.
 * @throws Refusal `malformed_request`
 */
export function wantedView(headers: Headers, query: { readonly view_as?: unknown }): string | undefined {
  const header = headers[VIEW_AS_HEADER];
  if (header === undefined) return query.view_as === undefined ? undefined : String(query.view_as);
  try {
    return decodeURIComponent(String(header));
  } catch {
    throw new Refusal('malformed_request', `The header ${VIEW_AS_HEADER} must be percent-encoded, as URLs are.`);
  }
}

/** @throws Refusal `forbidden` for whoever is no administrator, `not_found` when there is no such person or role */
export async function lookAs(caller: Actor, wanted: string, authority: Authority): Promise<Actor> {
  if (!isAlmighty(caller)) {
    throw new Refusal('forbidden', 'Only administrators may view Gantry as somebody else.');
  }
  const actor = wanted.startsWith(ROLE) ? somebodyWith(wanted) : await authority.called(wanted);
  if (actor) return actor;
  throw new Refusal(
    'not_found',
    `Nobody called \`${wanted}\` can sign in. Name a person by their identifier, or a role as in \`role:Member\`.`,
  );
}

/** Somebody without a name, an owner of nothing and in no team, who has a role. */
function somebodyWith(wanted: string): Actor | null {
  const role = wanted.slice(ROLE.length);
  if (role !== 'Admin' && role !== 'Member' && !/^.+-moderator$/.test(role)) return null;
  const roles = role.endsWith('-moderator') ? ['Member', role] : [role];
  return { kind: 'user', id: wanted, label: wanted, roles, teams: [] };
}
