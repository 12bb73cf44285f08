import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { Refusal } from '@gantry/core';

/** Of this process's environment, what git may see: where programs and trusted certificates are, nothing else. */
const passedOn = ['PATH', 'SystemRoot', 'GIT_SSL_CAINFO', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];

/**
 * The environment of every git process: no configuration of the machine or the user, no prompt, no credential, no
 * proxy, no protocol but those named. `settings` are the only configuration there is.
 */
export function gitEnvironment(options: {
  readonly home: string;
  readonly protocols: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
}): Record<string, string> {
  const environment: Record<string, string> = {
    HOME: options.home,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: options.protocols.join(':'),
  };
  for (const name of passedOn) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  const settings = Object.entries(options.settings);
  environment.GIT_CONFIG_COUNT = String(settings.length);
  for (const [index, [key, value]] of settings.entries()) {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return environment;
}

export interface GitRun {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Written to standard input. */
  readonly input?: string;
  /** Largest standard output taken, in bytes. */
  readonly maxOutput?: number;
}

export interface GitOutcome {
  readonly code: number | null;
  readonly output: Buffer;
  /** The end of what git said, for logs and for telling reasons apart. */
  readonly complaint: string;
}

/**
 * Runs git to its end. When the signal fires or the output grows too large, git and everything it started is killed.
 * Answers whatever the exit code; throws when git is not installed, with the signal's reason, or at the output limit.
 */
export function runGit(run: GitRun): Promise<GitOutcome> {
  const { promise, resolve, reject } = Promise.withResolvers<GitOutcome>();
  const maxOutput = run.maxOutput ?? 1024 * 1024;
  // Its own process group, because git fetches through children of its own.
  const child = spawn('git', run.args, { env: run.environment, detached: true, stdio: 'pipe' });
  const output: Buffer[] = [];
  let size = 0;
  let complaint = '';
  let failure: unknown = null;
  const kill = (reason: unknown): void => {
    failure ??= reason;
    if (child.pid !== undefined) killGroup(child.pid);
  };
  const onAbort = (): void => kill(run.signal.reason);
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxOutput) kill(new Refusal('remote_failed', `git answered more than ${maxOutput} bytes.`));
    else output.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-4_000);
  });
  child.stdin.on('error', () => {});
  child.stdin.end(run.input ?? '');
  child.on('error', (error) => reject(notInstalled(error)));
  child.on('close', (code) => {
    run.signal.removeEventListener('abort', onAbort);
    if (failure !== null) reject(failure);
    else resolve({ code, output: Buffer.concat(output), complaint });
  });
  if (run.signal.aborted) onAbort();
  else run.signal.addEventListener('abort', onAbort, { once: true });
  return promise;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

function notInstalled(cause: Error): Refusal {
  return new Refusal(
    'unavailable',
    'Git repositories cannot be read because the program git was not found on this machine. Install git, or register the URL of the catalog file itself.',
    { cause },
  );
}
