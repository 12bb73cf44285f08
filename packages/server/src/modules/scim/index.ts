import { createScimToken, deleteScimToken, listScimTokens } from '@gantry/contract';
import type { Actor } from '@gantry/core';
import { answer, serve } from '../../http/serve.ts';
import type { EntityKit } from '../entities/index.ts';
import type { Module } from '../module.ts';
import { scimRoutes } from './routes.ts';
import { createToken, deleteToken, directoryOf, listTokens, SCIM_TOKEN_PREFIX } from './tokens.ts';

export interface ScimModule extends Module {
  /** The directory that holds a token; undefined for tokens that are none of ours. */
  ofToken(token: string): Promise<Actor | null> | undefined;
}

/** Directories keep people and teams up to date: SCIM 2.0, and the tokens it is spoken with. */
export function scimModule(kit: EntityKit, baseUrl: string | undefined): ScimModule {
  const { db } = kit;
  return {
    ofToken: (token) => (token.startsWith(SCIM_TOKEN_PREFIX) ? directoryOf(db, token) : undefined),
    routes: [
      ...scimRoutes(kit, baseUrl),
      serve(listScimTokens, async () => answer({ tokens: (await listTokens(db)).map(present) })),
      serve(createScimToken, async ({ body, actor }) => {
        const { row, secret } = await createToken(db, body.name, actor);
        return answer({ token: present(row), secret });
      }),
      serve(deleteScimToken, async ({ params, actor }) => {
        await deleteToken(db, params.id, actor);
        return answer({});
      }),
    ],
  };
}

function present(row: Awaited<ReturnType<typeof listTokens>>[number]) {
  const { id, name, created_at, created_by, last_used_at } = row;
  const used = last_used_at && { lastUsedAt: last_used_at.toISOString() };
  return { id, name, createdAt: created_at.toISOString(), createdBy: created_by, ...used };
}
