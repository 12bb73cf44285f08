import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type CronItem,
  parseCronItems,
  type Runner,
  run,
  runMigrations,
  type Task,
  type WorkerEvents,
  Logger as WorkerLogger,
} from 'graphile-worker';
import type pg from 'pg';
import type { Logger } from 'pino';
import { type JobHandler, scheduled } from './job.ts';
import { freeAbandoned, showSignOfLife } from './sign-of-life.ts';

/** A running queue. */
export interface Queue {
  /** Waits for the jobs at hand, for five seconds; then asks them to stop. What is not done is done after the next start. */
  stop(): Promise<void>;
}

export interface QueueOptions {
  readonly pool: pg.Pool;
  readonly handlers: readonly JobHandler[];
  readonly log: Logger;
}

const concurrentJobs = 4;

/** Makes or upgrades the tables of the queue. Safe when several processes do it at once. */
export async function prepareQueue(pool: pg.Pool, log: Logger): Promise<void> {
  await runMigrations({ pgPool: pool, taskList: {}, logger: translateLog(log) });
}

/** Starts working on the queue, and keeps at it through outages of the database. */
export async function startQueue(options: QueueOptions): Promise<Queue> {
  await freeAbandoned(options.pool);
  let isStopping = false;
  let runner = await startRunner(options);
  const supervision = (async () => {
    while (!isStopping) {
      await runner.promise.catch((error) => options.log.warn({ err: error }, 'the job queue stopped'));
      if (!isStopping) runner = await restart(options, () => isStopping, runner);
    }
  })();
  return {
    async stop() {
      isStopping = true;
      await runner.stop().catch(() => {}); // It had stopped by itself.
      await supervision;
    },
  };
}

async function restart(options: QueueOptions, isStopping: () => boolean, last: Runner): Promise<Runner> {
  while (!isStopping()) {
    try {
      return await startRunner(options);
    } catch {
      await pause(1000);
    }
  }
  return last;
}

async function startRunner({ pool, handlers, log }: QueueOptions): Promise<Runner> {
  const freeing = scheduled('jobs.free-abandoned', '* * * * *', () => freeAbandoned(pool));
  const all = [...handlers, freeing];
  const events: WorkerEvents = new EventEmitter();
  let endSign = async () => {};
  events.once('pool:create', ({ workerPool }) => {
    endSign = showSignOfLife(pool, workerPool.id);
  });
  const runner = await run({
    pgPool: pool,
    taskList: Object.fromEntries(all.map((handler) => [handler.name, taskOf(handler)])),
    parsedCronItems: parseCronItems(all.flatMap(({ name, cron }) => (cron ? [cronItem(name, cron)] : []))),
    logger: translateLog(log),
    events,
    noHandleSignals: true,
    concurrency: concurrentJobs,
    // New jobs are announced; polling only finds those whose time comes later, and one query serves all workers.
    pollInterval: 5000,
    preset: { worker: { localQueue: { size: concurrentJobs } } },
  });
  runner.promise.catch(() => {}).finally(() => endSign());
  return runner;
}

function taskOf(handler: JobHandler): Task {
  return (payload, { job, abortSignal }) =>
    handler.run(payload, { attempt: job.attempts, signal: abortSignal ?? new AbortController().signal });
}

/** One at a time, and not one more for each time the clock struck while none could run. */
function cronItem(task: string, match: string): CronItem {
  return { task, match, options: { jobKey: `cron:${task}`, jobKeyMode: 'replace', maxAttempts: 1 } };
}

function translateLog(log: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message, { error }) => {
    const text = `job queue: ${message}`;
    if (level === 'error') log.error({ err: error }, text);
    else if (level === 'warning') log.warn({ err: error }, text);
    else log.debug(text);
  });
}
