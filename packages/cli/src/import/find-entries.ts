import type { IngestReader } from '@gantry/core/backstage';
import { walkFolder } from './walk-folder.ts';

const CATALOG_INFO = /(^|\/)catalog-info\.ya?ml$/i;
const BACKSTAGE_VERSION = /^apiVersion:\s*["']?(?:[a-z0-9-]+\.)*backstage\.io\//m;
const ENTITY_FIELDS = [/^apiVersion:/m, /^kind:/m, /^metadata:/m];

/**
 * The files of a folder that a catalog starts from: `catalog-info.yaml` anywhere, and every YAML file that speaks of
 * Backstage's own apiVersions; with `all`, every YAML file that looks like an entity of whatever kind.
 */
export async function findEntries(
  cage: string,
  folder: string,
  read: IngestReader['read'],
  { all }: { all: boolean },
): Promise<string[]> {
  const entries: string[] = [];
  for (const path of await walkFolder(cage, folder)) {
    if (!/\.ya?ml$/i.test(path)) continue;
    if (CATALOG_INFO.test(path)) {
      entries.push(path);
      continue;
    }
    const answer = await read(path);
    if (!answer.ok) continue;
    const isEntity = all && ENTITY_FIELDS.every((field) => field.test(answer.text));
    if (isEntity || BACKSTAGE_VERSION.test(answer.text)) entries.push(path);
  }
  return entries;
}
