import type { Client } from '@gantry/client';
import { explainedActions } from '@gantry/core';
import { Argument, Command, Option } from 'commander';
import { type DemoOptions, runDemo } from './commands/demo.ts';
import { type ExplainOptions, runExplain } from './commands/explain.ts';
import { type ImportOptions, runImport } from './commands/import.ts';
import { type RotateKeyOptions, runRotateKey } from './commands/secrets.ts';
import { runStart } from './commands/start.ts';
import type { Terminal } from './terminal.ts';

export interface ProgramPorts {
  readonly terminal: Terminal;
  connect(): Promise<Client>;
  /** Takes the exit code of the command that ran. */
  finish(exitCode: number): void;
}

/** The commands, their words and their help. What they do is in `commands/`. */
export function createProgram({ terminal, connect, finish }: ProgramPorts): Command {
  const program = new Command('gantry')
    .description('Gantry, the internal developer portal, on the command line')
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    })
    .exitOverride();
  const json = () => new Option('--json', 'print the result as JSON').default(false);

  program.command('start').description('start Gantry, as npm start does').action(runStart);

  program
    .command('import')
    .description('take in Backstage files: from a folder or file, a Git repository, or the URL of a catalog file')
    .argument('<path-or-url...>', 'what to take in; the same again is a refresh')
    .option('--all', 'take every YAML file with apiVersion, kind and metadata, whatever its kind', false)
    .addOption(
      new Option('--missing <what>', 'what becomes of entities that the files no longer have')
        .choices(['keep', 'trash'])
        .default('keep'),
    )
    .addOption(json())
    .action(async (words: string[], options: ImportOptions) => {
      finish(await runImport(words, options, connect, terminal));
    });

  program
    .command('demo')
    .description('load a believable company of about 300 entities to look around in')
    .option('--remove', 'remove it again', false)
    .addOption(json())
    .action(async (options: DemoOptions) => finish(await runDemo(options, await connect(), terminal)));

  program
    .command('secrets')
    .description('what is kept encrypted')
    .command('rotate-key')
    .description('encrypt every secret anew with the newest key, made first when Gantry keeps the key itself')
    .addOption(json())
    .action(async (options: RotateKeyOptions) => finish(await runRotateKey(options, await connect(), terminal)));

  program
    .command('explain')
    .description('say why somebody may or may not do something')
    .addArgument(new Argument('<action>', 'what they would do').choices([...explainedActions]))
    .argument('<blueprint>', 'to entities of which blueprint')
    .argument('[entity]', 'to which entity; without one, to any')
    .option('--actor <e-mail>', 'who; without it, the command line itself')
    .option('--property <key>', 'which property; also $title, $team, $icon and $identifier')
    .option('--relation <key>', 'which relation')
    .addOption(json())
    .action(async (action: string, blueprint: string, entity: string | undefined, options: ExplainOptions) => {
      finish(await runExplain({ action, blueprint, entity }, options, await connect(), terminal));
    });

  return program;
}
