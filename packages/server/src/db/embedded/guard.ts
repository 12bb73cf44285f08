import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from './account.ts';

const script = readFileSync(new URL('./guard.sh', import.meta.url), 'utf8');

export interface GuardedCommand {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly account: Account | undefined;
  /** A folder that the account can read: the script is put there, for where Gantry is installed may be out of its reach. */
  readonly scriptFolder: string;
  /** Where output goes. */
  readonly log: number;
  /** What the command finds as descriptor 4. */
  readonly descriptor: number | 'ignore';
}

/**
 * A server that does not outlive this process, even one killed with -9: a small shell runs it and stops it when this end of a pipe
 * is closed (see guard.sh). A shell and not Node, for it costs a megabyte and survives a `killall -9 node`.
 */
export class GuardedServer {
  /** Resolves when the server, or the shell in its place, has ended. */
  readonly ended: Promise<void>;
  readonly #shell: ChildProcess;
  #pid: number | undefined;
  #hasEnded = false;

  constructor({ program, arguments: words, account, scriptFolder, log, descriptor }: GuardedCommand) {
    const scriptFile = join(scriptFolder, 'guard.sh');
    writeFileSync(scriptFile, script, { mode: 0o644 });
    this.#shell = spawn('/bin/sh', [scriptFile, program, ...words], {
      ...account,
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
      // A session of its own: Ctrl-C in the terminal is for Gantry, which stops PostgreSQL after its last request.
      detached: true,
      stdio: ['pipe', 'pipe', log, 'ignore', descriptor],
    });
    this.#shell.stdin?.on('error', () => {}); // It has ended already.
    this.#shell.stdout?.on('data', (line) => {
      this.#pid ??= Number(line);
    });
    this.ended = once(this.#shell, 'exit').then(
      () => this.#end(),
      () => this.#end(),
    );
  }

  /** The number of the server's process, shortly after the start. */
  get pid(): number | undefined {
    return this.#pid;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Stops the server, and waits until it has ended. */
  async stop(): Promise<void> {
    this.#shell.stdin?.end();
    await this.ended;
  }

  #end(): void {
    this.#hasEnded = true;
    // Should only the shell have been killed, this lets its other half stop the server.
    this.#shell.stdin?.end();
  }
}
