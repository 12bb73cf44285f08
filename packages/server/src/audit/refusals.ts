import type { Method, Route } from '@gantry/contract';
import type { Actor, AuditAction, AuditResource, Permission, Refusal } from '@gantry/core';
import type { AuditBuffer } from './audit-buffer.ts';
import type { Trail } from './trail.ts';

/** A call that was refused. `params` and `body` are as they came. */
export interface RefusedCall {
  readonly route: Route;
  readonly refusal: Refusal;
  readonly actor: Actor | null;
  readonly trail: Trail;
  readonly params: unknown;
  readonly body: unknown;
}

const kept: ReadonlySet<Refusal['code']> = new Set(['unauthorized', 'forbidden', 'too_many_requests']);
const LONGEST_NAME = 200;

const actions: Record<Method, AuditAction> = {
  GET: 'READ',
  POST: 'CREATE',
  PUT: 'UPDATE',
  PATCH: 'UPDATE',
  DELETE: 'DELETE',
};

/** Notes that somebody was kept out; other mistakes of callers are no matter of the audit log. */
export function noteRefusal(buffer: AuditBuffer, { route, refusal, actor, trail, params, body }: RefusedCall): void {
  if (!kept.has(refusal.code)) return;
  const type = resourceOf(route.permission);
  const names = namesIn(params);
  const { blueprint } = names;
  const own = type === 'blueprint' ? blueprint : Object.values(names).at(-1);
  buffer.note({
    ...{ actor, trail, at: new Date() },
    entry: {
      action: actions[route.method],
      status: 'FAILURE',
      resource: {
        type,
        identifier: type === 'session' ? triedAccount(body) : (own ?? ''),
        blueprint: type === 'blueprint' ? undefined : blueprint,
      },
      message: refusal.message,
      details: { route: route.id, error: refusal.code },
    },
  });
}

type Noun<P extends string> = P extends `${infer Resource}:${string}` ? Resource : never;

/** `blueprint:write` is about a blueprint; what is open to all and still refuses is signing in. */
function resourceOf(permission: Permission): AuditResource {
  if (permission === 'public') return 'session';
  const [noun] = permission.split(':') as [Noun<typeof permission>];
  return noun === 'directory' ? 'user' : noun;
}

function namesIn(params: unknown): Record<string, string> {
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, String(value).replaceAll('\0', '').slice(0, LONGEST_NAME)]),
  );
}

/** Whom somebody tried to be. Only what looks like an address: people type passwords into the wrong field. */
function triedAccount(body: unknown): string {
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : undefined;
  return typeof email === 'string' && /^[^\s@\0]{1,100}@[^\s@\0]{1,100}$/.test(email) ? email.toLowerCase() : '';
}
