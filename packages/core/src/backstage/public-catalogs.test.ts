import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { absentSharedData, sharedData } from '../../../../tests/shared-data.ts';
import { folderReader } from '../../test/backstage/folder-reader.ts';
import { judge, judgeRelations } from '../../test/backstage/judge.ts';
import { stitchRelations } from './entity/relations.ts';
import { ingest } from './source/ingest.ts';
import type { IngestProblem } from './source/ingest-problem.ts';

/** Every file of 54 public repositories, judged twice: by this engine and by Backstage's own model package. */
describe.skipIf(sharedData === undefined)(`public catalogs (${sharedData ?? absentSharedData})`, () => {
  const folder = join(sharedData ?? '', 'backstage-catalogs');
  const index =
    sharedData === undefined ? [] : readFileSync(join(folder, 'INDEX.tsv'), 'utf8').trim().split('\n').slice(1);
  const files = index.map((row) => row.split('\t')[0] ?? '');

  test('the index lists the files the test is about', () => {
    expect(files.length).toBe(326);
  });

  test.each(files)('%s', async (file) => {
    const expected = await judgeFile(folder, file);
    const found = await ingest([file], folderReader(folder), { depth: 0 });

    // A name given twice is a matter between documents, which the judge does not see.
    const refs = [
      ...found.entities.map((entity) => entity.ref),
      ...found.problems.filter((problem) => problem.code === 'conflict').map((problem) => problem.entityRef),
    ];
    expect(refs.sort()).toEqual(expected.taken.map(stringifyEntityRef).sort());

    const refusedDocuments = new Set(
      found.problems.filter((problem) => !isElsewhere(problem)).map((problem) => problem.document),
    );
    expect([...refusedDocuments].sort()).toEqual(expected.refused.map((document) => document).sort());

    const relations = stitchRelations(found.entities.map(({ entity }) => entity));
    expect(Object.fromEntries(relations)).toEqual(judgeRelations(expected.taken));
  });
});

/** Problems that are not about the document itself: its name is taken, or a target it names is not gone to. */
function isElsewhere({ code, entityRef }: IngestProblem): boolean {
  return code === 'conflict' || code.startsWith('target_') || (code === 'limit_reached' && entityRef !== undefined);
}

async function judgeFile(folder: string, file: string): Promise<{ taken: Entity[]; refused: number[] }> {
  const taken: Entity[] = [];
  const refused: number[] = [];
  const documents = parseAllDocuments(readFileSync(join(folder, file), 'utf8'));
  for (const [position, document] of [...documents].entries()) {
    if (document.errors.length === 0 && document.toJSON() === null) continue;
    try {
      if (document.errors.length > 0) throw document.errors[0];
      taken.push(await judge(document.toJSON(), dirname(join(folder, file))));
    } catch {
      refused.push(position + 1);
    }
  }
  return { taken, refused };
}
