import { styleText } from 'node:util';

/** Where a command writes. Results go to `out`, everything said on the way to `note`, so that results can be piped. */
export interface Terminal {
  out(line: string): void;
  note(line: string): void;
  /** Emphasis, where the terminal has any. */
  style(format: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string): string;
}

/** The terminal of the process. Colours follow NO_COLOR, FORCE_COLOR and whether a person is looking. */
export const processTerminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
  style: (format, text) => styleText(format, text, { stream: process.stdout }),
};
