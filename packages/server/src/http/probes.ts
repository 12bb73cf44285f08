import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { measure } from './metrics.ts';

/** What machines ask: is the process alive, is it ready for requests, and how is it doing. None of them needs a sign-in. */
export function addProbes(app: FastifyInstance, pool: pg.Pool): void {
  const registry = measure(app, pool);
  let isStopping = false;
  app.addHook('preClose', async () => {
    isStopping = true;
  });

  app.get('/healthz', async () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const reason = isStopping ? 'Gantry is stopping' : await whyNotReady(pool);
    if (reason === undefined) return { status: 'ready' };
    return reply.code(503).send({ status: 'not ready', reason });
  });

  app.get('/metrics', async (_request, reply) => {
    reply.type(registry.contentType);
    return registry.metrics();
  });
}

/** The port opens after the migrations; so, from then on, it is the database's answer that counts. */
async function whyNotReady(pool: pg.Pool): Promise<string | undefined> {
  try {
    await pool.query('SELECT 1');
    return undefined;
  } catch {
    return 'the database does not answer';
  }
}
