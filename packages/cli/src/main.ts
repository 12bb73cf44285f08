import { CallFailure } from '@gantry/client';
import { CommanderError } from 'commander';
import { connect } from './connection.ts';
import { Failure } from './failure.ts';
import { createProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

/** Exit codes: 0 done, 1 refused or failed, 2 wrong usage. */
function exitCodeOf(error: unknown): number {
  // Commander has said what it has to say by now; asking for help is no mistake.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Failure) {
    processTerminal.note(error.message);
    return error.exitCode;
  }
  if (error instanceof CallFailure) {
    processTerminal.note(error.message);
    return 1;
  }
  processTerminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}

const finish = (exitCode: number) => {
  process.exitCode = exitCode;
};

try {
  await createProgram({ terminal: processTerminal, connect, finish }).parseAsync();
} catch (error) {
  finish(exitCodeOf(error));
}
// The channel to the process that runs us would keep us alive.
process.disconnect?.();
