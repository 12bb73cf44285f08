import type { Actor } from '@gantry/core';
import { type IngestReader, resolveUrl } from '@gantry/core/backstage';
import { answersAsRepository, remoteCommit, withRepository } from '../../outbound/index.ts';
import { type Imported, importSource } from './import/import-source.ts';
import type { SourceKit } from './kit.ts';
import { catalogFilesOf, repositoryReader } from './readers/repository-reader.ts';
import { placeOf, type TargetPlace } from './readers/target-place.ts';
import { type FetchedFile, WebFiles } from './readers/web-files.ts';
import { countSightings } from './sightings.ts';
import type { Source } from './source.ts';
import { readFetchedFiles } from './store.ts';

/** How a reading of a location went, and what to remember for the next one. */
export interface LocationRead {
  /** Why the location itself could not be read; its parts may have problems of their own. */
  readonly failure?: string;
  readonly memory: Readonly<Record<string, unknown>>;
  readonly fetched: ReadonlyMap<string, FetchedFile>;
}

interface Call {
  readonly kit: SourceKit;
  readonly source: Source;
  readonly actor: Actor;
  readonly signal: AbortSignal;
  readonly web: WebFiles;
}

type Repository = Extract<TargetPlace, { kind: 'repository' }>;

/** Reads what a registered URL leads to: a catalog file and whatever it points at, or the catalog files of a repository. */
export async function readLocation(
  kit: SourceKit,
  source: Source,
  actor: Actor,
  signal: AbortSignal,
): Promise<LocationRead> {
  const known = await readFetchedFiles(kit.entities.db, source.id);
  const call = { kit, source, actor, signal, web: new WebFiles(kit.outbound, signal, known) };
  const place = await settlePlace(call, placeOf(source.key));
  return place.kind === 'repository' ? readRepository(call, place) : readFile(call, place.url);
}

/** A URL that could be either is asked. */
async function settlePlace({ kit, signal }: Call, place: TargetPlace): Promise<TargetPlace> {
  if (place.kind !== 'unknown') return place;
  const isRepository = await answersAsRepository(kit.outbound, place.url, signal);
  return isRepository ? { kind: 'repository', url: place.url, folder: '' } : place;
}

async function readFile({ kit, source, actor, web }: Call, url: string): Promise<LocationRead> {
  const reader: IngestReader = {
    read: (target) => web.read(target),
    glob: (pattern) => web.glob(pattern),
    resolve: resolveUrl,
    locate: (target) => `url:${target}`,
  };
  const roots = url.includes('*') ? await rootsOf(reader, url) : [url];
  const imported = await importSource(kit, { source, roots, reader, actor, missing: policyOf(kit) });
  return { ...failureOf(imported), memory: {}, fetched: web.fetched };
}

/** A pattern that matches nothing is its own only root, so that the walk reports it. */
async function rootsOf(reader: IngestReader, pattern: string): Promise<readonly string[]> {
  const matches = await reader.glob(pattern);
  return matches.ok && matches.targets.length > 0 ? matches.targets : [pattern];
}

async function readRepository(call: Call, place: Repository): Promise<LocationRead> {
  const { kit, source, actor, signal, web } = call;
  const wanted = { url: place.url, ...(place.branch !== undefined && { branch: place.branch }), signal };
  if (await isUnchanged(call, wanted)) return { memory: source.memory, fetched: web.fetched };
  return withRepository(kit.outbound, wanted, async (tree) => {
    const roots = catalogFilesOf(tree, place.folder);
    const reader = await repositoryReader(tree, place.url, roots, web);
    const reading = { source, roots, reader, actor, missing: policyOf(kit), commit: tree.commit };
    const imported = await importSource(kit, reading);
    const isSettled = imported.report.problems.length === 0 && !web.wasUsed && roots.length > 0;
    return {
      ...(roots.length > 0 ? failureOf(imported) : { failure: `${place.url} holds no catalog-info.yaml.` }),
      memory: isSettled ? { commit: tree.commit, entities: imported.found.entities.length } : {},
      fetched: web.fetched,
    };
  });
}

/** The commit that was read without a problem is still there, and so is everything that it brought. */
async function isUnchanged(
  { kit, source }: Call,
  wanted: { readonly url: string; readonly branch?: string; readonly signal: AbortSignal },
): Promise<boolean> {
  const { commit, entities } = source.memory;
  if (typeof commit !== 'string') return false;
  const counts = (await countSightings(kit.entities.db)).get(source.id);
  if (counts?.entities !== entities || counts?.stale !== 0) return false;
  return (await remoteCommit(kit.outbound, wanted)) === commit;
}

function policyOf({ missingEntities }: SourceKit): 'keep' | 'trash' {
  return missingEntities === 'trash' ? 'trash' : 'keep';
}

/** Only roots can make a location fail. */
function failureOf({ found, report }: Imported): { failure?: string } {
  const failed = found.locations.find(({ outcome, parents }) => outcome !== 'read' && parents.length === 0);
  if (!failed) return {};
  const problem = report.problems.find(({ file }) => file === failed.target);
  return { failure: problem?.message ?? `${failed.target} could not be read.` };
}
