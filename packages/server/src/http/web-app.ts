import fastifyStatic from '@fastify/static';
import { Refusal } from '@gantry/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const isApi = (path: string) => /^\/(v1|api|scim)(\/|$)/.test(path);

/**
 * The built web UI. Files under `assets/` carry a hash in their name and never change; `index.html` names them, so it
 * is asked for anew each time, and answers every address that is a page of ours.
 */
export async function serveWebApp(app: FastifyInstance, webRoot: string | undefined): Promise<void> {
  if (webRoot === undefined) {
    app.setNotFoundHandler((request) => {
      throw unknownPath(request);
    });
    return;
  }
  await app.register(fastifyStatic, {
    root: webRoot,
    index: 'index.html',
    wildcard: true,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isHashed = /[\\/]assets[\\/]/.test(path);
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => sendPage(request, reply));
}

function sendPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?', 1)[0] ?? '';
  const isPage = request.method === 'GET' || request.method === 'HEAD';
  // A missing script must not be answered with a page: the browser would cache nonsense under its name.
  if (!isPage || isApi(path) || path.startsWith('/assets/')) throw unknownPath(request);
  return reply.sendFile('index.html');
}

function unknownPath(request: FastifyRequest): Refusal {
  const path = request.url.split('?', 1)[0];
  return new Refusal(
    'not_found',
    `There is nothing at ${request.method} ${path}. /v1/openapi.json lists what there is.`,
  );
}
