import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Account, serverAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { createCluster, type FolderHandle, hasCluster, openFor } from './cluster.ts';
import {
  type Connection,
  forgetPlace,
  placeToListen,
  readConnection,
  rememberPassword,
  writeConnection,
} from './connection.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import { GuardedServer } from './guard.ts';
import { isReady, stopLeftovers } from './leftovers.ts';
import { explainFileError, explainLog } from './problem.ts';
import { serverSettings } from './server-settings.ts';

export interface EmbeddedOptions {
  /** Gantry's data folder; made when absent. */
  readonly dataDir: string;
  readonly log: Logger;
  /** Overrides server settings: the tests trade durability for speed. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * A PostgreSQL server of Gantry's own, living in its data folder.
 *
 * It is started by `start` and stopped by `stop`; restarted when it ends by itself; stopped by a guard process when Gantry is
 * killed; and never shared, for the folder is locked. docs/decisions/0002-embedded-postgresql.md tells why it is as it is.
 */
export class EmbeddedPostgres {
  readonly connection: Connection;
  readonly #options: EmbeddedOptions;
  readonly #lock: FolderLock;
  readonly #account: Account | undefined;
  readonly #binaries: string;
  readonly #handle: FolderHandle;
  #server: GuardedServer | undefined;
  #isStopping = false;
  #restarting: Promise<void> = Promise.resolve();

  /** @throws EmbeddedPostgresError when it cannot run; the message says why and what to do */
  static async start(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
    try {
      mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
      const lock = lockFolder(options.dataDir);
      try {
        return await EmbeddedPostgres.#startLocked(options, lock);
      } catch (error) {
        lock.release();
        throw error;
      }
    } catch (error) {
      throw explainFileError(error, options.dataDir);
    }
  }

  static async #startLocked(options: EmbeddedOptions, lock: FolderLock): Promise<EmbeddedPostgres> {
    const folder = join(options.dataDir, 'postgres');
    const account = serverAccount(folder);
    const binaries = findBinaries(account);
    if (hasCluster(folder)) await stopLeftovers(folder);
    else setUp(options, binaries, folder, account);
    const previous = readConnection(options.dataDir);
    forgetPlace(previous);
    const connection = { ...previous, ...placeToListen(account) };
    writeConnection(options.dataDir, connection);
    const postgres = new EmbeddedPostgres(options, lock, account, binaries, connection);
    try {
      await postgres.#launch();
      return postgres;
    } catch (error) {
      await postgres.stop();
      throw error;
    }
  }

  private constructor(
    options: EmbeddedOptions,
    lock: FolderLock,
    account: Account | undefined,
    binaries: string,
    connection: Connection,
  ) {
    this.#options = options;
    this.#lock = lock;
    this.#account = account;
    this.#binaries = binaries;
    this.connection = connection;
    this.#handle = openFor(account, this.#folder);
  }

  get #folder(): string {
    return join(this.#options.dataDir, 'postgres');
  }

  get #logFile(): string {
    return join(this.#options.dataDir, 'postgres.log');
  }

  /** The process number of the running server; undefined while it is down. */
  get pid(): number | undefined {
    return this.#server?.hasEnded ? undefined : this.#server?.pid;
  }

  /** Starts the server and waits until it accepts connections, however long its recovery takes. */
  async #launch(): Promise<void> {
    rotate(this.#logFile);
    const log = openSync(this.#logFile, 'a', 0o600);
    const logStart = statSync(this.#logFile).size;
    const server = new GuardedServer({
      program: join(this.#binaries, 'bin', 'postgres'),
      arguments: this.#arguments(),
      account: this.#account,
      scriptFolder: this.connection.host,
      log,
      descriptor: this.#handle.descriptor,
    });
    closeSync(log);
    this.#server = server;
    if (!(await this.#waitUntilReady(server))) throw explainLog(readFrom(this.#logFile, logStart), this.#logFile);
    server.ended.then(() => this.#restart());
  }

  #arguments(): string[] {
    const { host, port } = this.connection;
    const settings = { ...serverSettings(host, port), ...this.#options.settings };
    return [
      '-D',
      this.#handle.path,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ];
  }

  async #waitUntilReady(server: GuardedServer): Promise<boolean> {
    for (let waited = 0; !server.hasEnded; waited += 10) {
      if (server.pid !== undefined && isReady(this.#folder, server.pid)) return true;
      if (waited > 0 && waited % 5000 === 0) {
        this.#options.log.info('PostgreSQL is recovering after a crash; this may take a while');
      }
      await pause(10);
    }
    return false;
  }

  #restart(): void {
    if (this.#isStopping) return;
    this.#options.log.error('the embedded PostgreSQL ended unexpectedly; starting it again');
    this.#restarting = this.#restartUntilUp();
  }

  async #restartUntilUp(): Promise<void> {
    for (let delay = 100; !this.#isStopping; delay = Math.min(delay * 2, 2000)) {
      try {
        await stopLeftovers(this.#folder);
        await this.#launch();
        this.#options.log.info('the embedded PostgreSQL is back');
        return;
      } catch (error) {
        this.#options.log.error(error, 'the embedded PostgreSQL could not be started again; trying once more');
        await pause(delay);
      }
    }
  }

  /** Stops the server (open transactions are rolled back) and gives the folder free. */
  async stop(): Promise<void> {
    if (this.#isStopping) return;
    this.#isStopping = true;
    await this.#server?.stop();
    await this.#restarting;
    await this.#server?.stop();
    this.#handle.close();
    forgetPlace(this.connection);
    this.#lock.release();
  }
}

function setUp(options: EmbeddedOptions, binaries: string, folder: string, account: Account | undefined): void {
  options.log.info('setting up the embedded PostgreSQL');
  const password = randomBytes(24).toString('base64url');
  // Before the cluster, so that there is never one without its password.
  rememberPassword(options.dataDir, password);
  createCluster(binaries, folder, password, account);
}

/** Puts a log that has grown aside, once: it is read after failures, not kept for history. */
function rotate(file: string): void {
  const large = 5_000_000;
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > large) renameSync(file, `${file}.old`);
}

function readFrom(file: string, start: number): string {
  return readFileSync(file).subarray(start).toString('utf8').slice(-3000);
}
