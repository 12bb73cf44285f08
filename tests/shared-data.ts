import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

const root = resolve(import.meta.dirname, '..');
const places = [process.env.GANTRY_SHARED_DATA, join(root, '../shared/data'), join(root, '../../shared/data')];

/** Real input files that are no part of the repository: a folder named by GANTRY_SHARED_DATA, or one beside it. */
export const sharedData = places.find((place) => place !== undefined && existsSync(place));

export const absentSharedData =
  'The shared input files are not on this machine: set GANTRY_SHARED_DATA to their folder (it has `port`, `seeds`, …).';

/** Every document of every JSON and YAML file below a folder of the shared data; files that do not parse are left out. */
export function* sharedDocuments(folder: string): Generator<{ readonly file: string; readonly document: unknown }> {
  if (sharedData === undefined) return;
  const files = readdirSync(join(sharedData, folder), { recursive: true, encoding: 'utf8' });
  for (const name of files.filter((file) => /\.(json|ya?ml)$/.test(file)).sort()) {
    const file = join(sharedData, folder, name);
    for (const document of documentsOf(readFileSync(file, 'utf8'), name)) yield { file: name, document };
  }
}

function documentsOf(text: string, name: string): unknown[] {
  try {
    if (name.endsWith('.json')) return [JSON.parse(text)];
    return parseAllDocuments(text).map((document) => document.toJS() as unknown);
  } catch {
    return [];
  }
}
