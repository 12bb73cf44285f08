import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import { type Actor, can, Refusal } from '@gantry/core';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { AuditBuffer } from '../audit/audit-buffer.ts';
import { following } from '../audit/trail.ts';
import type { Db } from '../db/pool.ts';
import { noteRefused, trailOf } from './audit-trail.ts';
import { type Authority, authenticate } from './authenticate.ts';
import { inputOf, refuseNul } from './call-input.ts';
import { EnvelopeCheck } from './check-envelope.ts';
import { describeApi } from './describe-api.ts';
import { addProbes } from './probes.ts';
import { problemToResponse } from './problem-to-response.ts';
import { readJson } from './read-json.ts';
import { isScim, scimProblem } from './scim-problem.ts';
import { securityHeaders } from './security-headers.ts';
import type { Reply, ServedRoute } from './serve.ts';
import { Viewing } from './view-as.ts';
import { serveWebApp } from './web-app.ts';

export interface AppOptions {
  readonly routes: readonly ServedRoute[];
  readonly authority: Authority;
  /** Where refusals are written down. */
  readonly audit: AuditBuffer;
  readonly log: Logger;
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly version: string;
  /** The address people type; changes asked for by its pages are trusted. */
  readonly baseUrl?: string | undefined;
  /** Folder of the built web UI; without it only the API is served. */
  readonly webRoot?: string | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null;
    /** The administrator who really calls, while they look as `actor`. */
    viewer: Actor | null;
  }
}

const MiB = 1024 * 1024;

/** The HTTP server, not yet listening: it knows HTTP and no feature; each feature brings its served routes. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: MiB,
    requestTimeout: 300_000,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 10_000 },
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply),
  });
  app.decorateRequest('actor', null);
  app.decorateRequest('viewer', null);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    ['application/json', 'application/scim+json'],
    { parseAs: 'buffer' },
    async (_: FastifyRequest, bytes: Buffer) => readJson(bytes),
  );
  app.setErrorHandler((error, request, reply) => {
    noteRefused(options.audit, error, request);
    return sendProblem(error, request, reply);
  });
  await app.register(cookie);
  await app.register(compress, { threshold: 1024, encodings: ['gzip'], zlibOptions: { level: 3 } });
  app.addHook('onRequest', securityHeaders);
  app.addHook('onResponse', logRequest);
  addProbes(app, options.pool);
  const routes = options.routes.map(({ route }) => route);
  describeApi(app, routes, options.version);
  const viewing = new Viewing(options.db, options.authority);
  for (const served of options.routes) addRoute(app, served, options, viewing);
  await serveWebApp(app, options.webRoot);
  return app;
}

/** Binds one declaration: who may, what shape, then the handler. Permission is asked before the body is read. */
function addRoute(
  app: FastifyInstance,
  { route, handle, checksBody }: ServedRoute,
  options: AppOptions,
  viewing: Viewing,
): void {
  app.route({
    method: route.method,
    url: route.path,
    config: { declared: route },
    exposeHeadRoute: route.method === 'GET' && route.media !== 'text/event-stream',
    ...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
    onRequest: async (request) => {
      request.actor = await identify(request, route.permission === 'public', options);
      await viewing.begin(request, route);
      const { blueprint } = request.params as { blueprint?: string };
      const decision = can(request.actor, route.permission, { blueprint });
      if (decision.allowed) return;
      if (!request.actor) throw new Refusal('unauthorized', 'Sign in first, or send `Authorization: Bearer <token>`.');
      throw new Refusal('forbidden', `You may not do this: ${decision.reason}.`);
    },
    handler: async (request, reply) => {
      const input = inputOf(request, reply, route.query?.properties ?? {});
      refuseNul(input);
      envelope.check(route, 'params', input.params);
      envelope.check(route, 'query', input.query);
      checkBody(route, input.body, checksBody === true);
      const done = await following(trailOf(request), () => handle(input));
      if (done.refused) noteRefused(options.audit, done.refused, request);
      return send(reply, route, done);
    },
  });
}

/** On what is open to all, a token that is worth nothing (any more) is worth nothing: who renews one may still send it. */
async function identify(request: FastifyRequest, isPublic: boolean, options: AppOptions): Promise<Actor | null> {
  try {
    return await authenticate(request, options.authority, options.baseUrl);
  } catch (error) {
    if (isPublic && error instanceof Refusal && error.code === 'unauthorized') return null;
    throw error;
  }
}

const envelope = new EnvelopeCheck();

function checkBody(route: ServedRoute['route'], body: unknown, isHandlersMatter: boolean): void {
  if (!route.body || (body === undefined && route.bodyOptional)) return;
  if (body === undefined) {
    throw new Refusal('malformed_request', 'A JSON body is needed. Send one with `Content-Type: application/json`.');
  }
  if (!isHandlersMatter) envelope.check(route, 'body', body);
}

function send(reply: FastifyReply, route: ServedRoute['route'], answer: Reply<ServedRoute['route']>): FastifyReply {
  reply.status(answer.status ?? route.status);
  if (answer.headers) reply.headers(answer.headers);
  if ('stream' in answer) return reply.type(answer.media).send(answer.stream);
  reply.header('cache-control', 'no-store').type(`${route.media ?? 'application/json'}; charset=utf-8`);
  return reply.send('json' in answer ? answer.json : JSON.stringify(answer.value));
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemToResponse(error, request.log as Logger);
  const { status, body, headers } = isScim(request.url) ? scimProblem(problem) : problem;
  return reply
    .status(status)
    .headers({ ...headers, 'cache-control': 'no-store', 'x-trace-id': request.id })
    .type(`${isScim(request.url) ? 'application/scim+json' : 'application/json'}; charset=utf-8`)
    .send(JSON.stringify(body));
}

/** One line a request: no query (it may hold what people searched for), no headers, no bodies. */
async function logRequest(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const level = reply.statusCode >= 500 ? 'warn' : 'debug';
  request.log[level](
    {
      method: request.method,
      path: request.url.split('?', 1)[0],
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      actor: (request.viewer ?? request.actor)?.id,
    },
    'request',
  );
}
