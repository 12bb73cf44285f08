import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { absentSharedData, sharedData } from '../../../../../tests/shared-data.ts';
import { withGantry } from '../../../test/with-gantry.ts';
import type { World } from '../../compose.ts';
import type { IngestReport } from './ingest-report.ts';

/** The files of 54 public repositories, each repository imported as a whole, into one catalog, twice. */
describe.skipIf(sharedData === undefined)(`public catalogs (${sharedData ?? absentSharedData})`, () => {
  // What they point at on the web is not asked: no name is known here.
  const lookup: World['lookup'] = (_host, _options, answer) =>
    answer(Object.assign(new Error(), { code: 'ENOTFOUND' }), []);
  const { call } = withGantry({}, { lookup });
  const folder = join(sharedData ?? '', 'backstage-catalogs');
  const repositories =
    sharedData === undefined
      ? []
      : readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

  const bundleOf = (repository: string) => {
    const place = join(folder, repository);
    const found = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const files = found.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: path.slice(place.length + 1), text: readFileSync(path, 'utf8') };
    });
    const entries = files
      .map(({ path }) => path)
      .filter((path) => /\.ya?ml$/.test(path))
      .sort();
    return { root: `file:/public/${repository}`, base: `file:/public/${repository}/`, entries, files };
  };

  async function send(bundle: object): Promise<IngestReport> {
    const answered = await call('POST', '/v1/imports', bundle);
    expect(answered.status, String(answered.at('message'))).toBe(200);
    return answered.at('report') as IngestReport;
  }

  test('there are 54 of them', () => {
    expect(repositories.length).toBe(54);
  });

  test.each(repositories)('%s', async (repository) => {
    const bundle = bundleOf(repository);
    const first = await send(bundle);
    expect(first.problems.filter(({ code }) => code === 'not_stored')).toEqual([]);
    const taken = first.created + first.updated + first.unchanged;

    const second = await send(bundle);
    expect(second).toMatchObject({ created: 0, updated: 0, unchanged: taken, missing: [], trashed: 0 });
    expect(second.blueprintsCreated).toEqual([]);
    expect(second.problems).toEqual(first.problems);
  });
});
