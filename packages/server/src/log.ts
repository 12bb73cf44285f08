import { type Logger, pino } from 'pino';

/**
 * The log, on standard error: JSON lines, or on a terminal lines for people. Of an error only what describes it is kept, for
 * libraries hang whole connections on theirs, password included.
 */
export function createLog(level: string): Logger {
  const options = { level, serializers: { err: describeError } };
  return process.stderr.isTTY
    ? pino(options, { write: (line: string) => void process.stderr.write(forPeople(line)) })
    : pino(options, pino.destination({ dest: 2, sync: true }));
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  return { type: error.name, message: error.message, ...code, stack: error.stack, ...cause };
}

/** One line of the log as a sentence; its stack, where it has one, below. */
function forPeople(line: string): string {
  const { level, msg, err } = JSON.parse(line);
  const warning = pino.levels.values.warn ?? 0;
  const reason = err?.message && err.message !== msg ? `: ${err.message}` : '';
  const stack = level > warning && err?.stack ? `\n${err.stack}` : '';
  return `  ${level >= warning ? `${pino.levels.labels[level]}: ` : ''}${msg ?? ''}${reason}${stack}\n`;
}
