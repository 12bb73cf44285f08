import { CallFailure, type Client } from '@gantry/client';
import { type Answer, createImport, createLocation, listLocations, refreshLocation } from '@gantry/contract';
import { Failure } from '../failure.ts';
import { withClone } from '../import/clone-repository.ts';
import { type Bundle, collectBundle } from '../import/collect-bundle.ts';
import { type ImportTarget, importTarget } from '../import/import-target.ts';
import { count, type ImportReport, printProblems, printReport } from '../import/report.ts';
import type { Terminal } from '../terminal.ts';

export interface ImportOptions {
  readonly all: boolean;
  readonly json: boolean;
  readonly missing: 'keep' | 'trash';
}

type Location = Answer<typeof listLocations>['locations'][number];
type Outcome = { readonly report: ImportReport; readonly base: string } | { readonly location: Location };

/**
 * Imports each target in turn. Files of this machine and repositories are read here and sent whole; the server never
 * opens a path somebody names. Other URLs become locations that the server reads, now and on schedule. Answers the exit
 * code: 1 when anything was refused.
 */
export async function runImport(
  words: readonly string[],
  options: ImportOptions,
  connect: () => Promise<Client>,
  terminal: Terminal,
): Promise<number> {
  const targets = words.map(importTarget);
  const client = await connect();
  const outcomes: Outcome[] = [];
  for (const target of targets) {
    const outcome = await importOne(target, options, client, terminal);
    if (!options.json) print(outcome, terminal);
    outcomes.push(outcome);
  }
  if (options.json) terminal.out(JSON.stringify(outcomes.map(asJson), null, 2));
  return outcomes.every(isClean) ? 0 : 1;
}

async function importOne(
  target: ImportTarget,
  options: ImportOptions,
  client: Client,
  terminal: Terminal,
): Promise<Outcome> {
  switch (target.kind) {
    case 'path': {
      terminal.note(`Reading ${target.path}…`);
      return send(await collectBundle(target.path, options), options, client, terminal);
    }
    case 'repository':
      terminal.note('Cloning the repository…');
      return withClone(target.url, async ({ folder, url, base }) => {
        const bundle = await collectBundle(folder, { ...options, known: { root: url, base } });
        return send(bundle, options, client, terminal);
      });
    case 'location':
      terminal.note(`Asking the server to read ${target.url}…`);
      return { location: await readThrough(target.url, client) };
  }
}

async function send(bundle: Bundle, { missing }: ImportOptions, client: Client, terminal: Terminal): Promise<Outcome> {
  terminal.note(`Sending ${count(bundle.files.length, 'file')}…`);
  const { report } = await client.call(createImport, { query: { missing }, body: bundle });
  return { report, base: bundle.base };
}

const PAUSE_MILLISECONDS = 500;
const PATIENCE_MILLISECONDS = 10 * 60_000;

/** Registers a location, or refreshes the one there is, and waits until it has been read. */
async function readThrough(url: string, client: Client): Promise<Location> {
  const id = await register(url, client);
  const end = performance.now() + PATIENCE_MILLISECONDS;
  while (performance.now() < end) {
    const { locations } = await client.call(listLocations);
    const location = locations.find((candidate) => candidate.id === id);
    if (!location) throw new Failure(`${url} was removed while it was being read.`);
    if (location.status === 'ok' || location.status === 'failed') return location;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
  throw new Failure(`${url} is still being read. Look at the locations page of Gantry for the outcome.`);
}

async function register(url: string, client: Client): Promise<string> {
  try {
    return (await client.call(createLocation, { body: { target: url } })).location.id;
  } catch (error) {
    if (!(error instanceof CallFailure) || error.status !== 409) throw error;
    const { locations } = await client.call(listLocations);
    const known = locations.find(({ target }) => target === url);
    if (!known) throw error;
    await client.call(refreshLocation, { params: { location: known.id } });
    return known.id;
  }
}

function print(outcome: Outcome, terminal: Terminal): void {
  if ('report' in outcome) {
    printReport(outcome.report, outcome.base, terminal);
    return;
  }
  const { target, entities, status, message, problems } = outcome.location;
  terminal.out(terminal.style('bold', target));
  if (status === 'failed') terminal.out(`  could not be read${message ? `: ${message}` : ''}`);
  else terminal.out(`  holds ${count(entities, 'entity', 'entities')}`);
  printProblems(problems, '', terminal);
}

function isClean(outcome: Outcome): boolean {
  if ('report' in outcome) return outcome.report.problems.length === 0;
  return outcome.location.status === 'ok' && outcome.location.problems.length === 0;
}

function asJson(outcome: Outcome): ImportReport | Location {
  return 'report' in outcome ? outcome.report : outcome.location;
}
