import { openApi, type Route } from '@gantry/contract';
import type { FastifyInstance } from 'fastify';

/** `GET /v1/openapi.json`: the routes that are served, made at the first question. */
export function describeApi(app: FastifyInstance, routes: readonly Route[], version: string): void {
  let document: string | undefined;
  app.get('/v1/openapi.json', async (_request, reply) => {
    document ??= JSON.stringify(openApi(routes, { title: 'Gantry', version }));
    return reply.type('application/json; charset=utf-8').send(document);
  });
}
