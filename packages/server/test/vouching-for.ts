import type { Actor } from '@gantry/core';
import type { Authority } from '../src/http/authenticate.ts';

/** An authority that knows these callers by a token of their name, and takes every other token for an administrator's. */
export function vouchingFor(actors: Readonly<Record<string, Actor>>): Authority {
  const admin: Actor = { kind: 'machine', id: 'admin', label: 'admin', roles: ['Admin'], teams: [] };
  return {
    ofToken: async (token) => (Object.hasOwn(actors, token) ? (actors[token] ?? null) : admin),
    ofSession: async () => null,
    called: async (person) => Object.values(actors).find(({ label }) => label === person) ?? null,
  };
}

/** A member of these teams, with these roles besides. */
export function member(name: string, teams: readonly string[] = [], roles: readonly string[] = []): Actor {
  return { kind: 'user', id: name, label: `${name}@example.com`, roles: ['Member', ...roles], teams };
}
