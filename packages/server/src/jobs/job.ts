import { sql } from 'kysely';
import type { Queries } from '../db/pool.ts';

/** A kind of job: its name in the queue, and the type of what it is told. Payloads are stored as JSON. */
export interface JobKind<Payload extends object> {
  readonly name: string;
  /** Never set; carries the type. */
  readonly payload?: Payload;
}

/** Declares a kind of job. Adding and handling both take the kind, so that they cannot disagree about the payload. */
export function jobKind<Payload extends object>(name: string): JobKind<Payload> {
  return { name };
}

export interface JobContext {
  /** Aborted when Gantry stops; a job that ends early because of it is run again by the next start. */
  readonly signal: AbortSignal;
  /** 1 at the first try. */
  readonly attempt: number;
}

/** What runs jobs of one kind. At least once: a job must be safe to run twice. */
export interface JobHandler {
  readonly name: string;
  /** When it is started by the clock as well: `minute hour day month weekday`, UTC. The payload is then empty. */
  readonly cron?: string;
  run(payload: unknown, context: JobContext): Promise<void>;
}

/** Binds a kind of job to the code that does it. */
export function handles<Payload extends object>(
  kind: JobKind<Payload>,
  run: (payload: Payload, context: JobContext) => Promise<void>,
): JobHandler {
  return { name: kind.name, run: (payload, context) => run(payload as Payload, context) };
}

/** Work that the clock starts, in one process at a time however many there are. */
export function scheduled(name: string, cron: string, run: (context: JobContext) => Promise<void>): JobHandler {
  return { name, cron, run: (_payload, context) => run(context) };
}

export interface JobOptions {
  /** A job with the same key that has not begun yet is replaced, instead of both being run. */
  readonly key?: string;
  /** Jobs of one queue run one after another, in order. */
  readonly queue?: string;
  /** Not before this time. */
  readonly runAt?: Date;
  /** Smaller numbers first; 0 unless told. */
  readonly priority?: number;
  /** How often it may fail before it is given up; 25 unless told, with ever longer pauses, three days in all. */
  readonly maxAttempts?: number;
}

/**
 * Adds a job. In a transaction, the job exists when and only when that transaction commits; the worker hears of it at once.
 */
export async function addJob<Payload extends object>(
  queries: Queries,
  kind: JobKind<Payload>,
  payload: Payload,
  { key, queue, runAt, priority, maxAttempts }: JobOptions = {},
): Promise<void> {
  await sql`SELECT FROM graphile_worker.add_job(
    identifier => ${kind.name}, payload => ${JSON.stringify(payload)}::json, queue_name => ${queue ?? null}::text,
    run_at => ${runAt ?? null}::timestamptz, max_attempts => ${maxAttempts ?? null}::int, job_key => ${key ?? null}::text,
    priority => ${priority ?? null}::int)`.execute(queries);
}
