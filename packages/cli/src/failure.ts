/** Something a person can mend; its message is all they get to see. */
export class Failure extends Error {
  /** 1: refused or failed. 2: the command was used in a way it cannot be used. */
  readonly exitCode: 1 | 2;

  constructor(message: string, { exitCode = 1, cause }: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'Failure';
    this.exitCode = exitCode;
  }
}
