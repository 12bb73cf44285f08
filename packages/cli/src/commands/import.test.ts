import { createClient } from '@gantry/client';
import { describe, expect, it } from 'vitest';
import { temporaryFiles } from '../../test/temporary-files.ts';
import { createProgram } from '../program.ts';

interface Sent {
  readonly path: string;
  readonly body: unknown;
}

const report = {
  id: '1',
  source: 'file:/repo',
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:01.000Z',
  files: 2,
  documents: 3,
  created: 1_200,
  updated: 1,
  unchanged: 0,
  byBlueprint: { component: 1_000, _team: 201 },
  blueprintsCreated: ['component'],
  missing: [{ blueprint: 'component', identifier: 'old' }],
  trashed: 0,
  problems: [
    {
      code: 'invalid_entity',
      file: 'b.yaml',
      document: 2,
      line: 7,
      message: 'spec.owner: is missing',
      remedy: 'Write it.',
    },
    { code: 'target_failed', file: 'https://x.y/z', message: 'the host did not answer' },
  ],
};

const place = { id: '7', type: 'url', target: 'https://x.y/all.yaml', createdAt: report.startedAt };
const reading = { ...place, refreshedAt: null, status: 'running', entities: 0, stale: 0, problems: [], missing: [] };

/** Runs the command line against answers by method and path; a list is answered one after the other. */
async function run(words: string[], answers: Record<string, unknown[]>) {
  const sent: Sent[] = [];
  const out: string[] = [];
  let exitCode: number | undefined;
  const transport: typeof fetch = async (url, init) => {
    const path = `${init?.method} ${String(url).replace('http://gantry', '')}`;
    sent.push({ path, body: init?.body ? JSON.parse(String(init.body)) : undefined });
    const queue = answers[path] ?? [];
    const [answer, status = 200] = [queue.length > 1 ? queue.shift() : queue[0]].flat();
    return Response.json(answer ?? { ok: false, message: `nothing at ${path}` }, {
      status: answer ? Number(status) : 404,
    });
  };
  const program = createProgram({
    terminal: { out: (line) => out.push(line), note: () => {}, style: (_, text) => text },
    connect: async () => createClient({ baseUrl: 'http://gantry', fetch: transport }),
    finish: (code) => {
      exitCode = code;
    },
  });
  await program.parseAsync(['node', 'gantry', ...words]);
  return { sent, out: out.join('\n'), exitCode };
}

const entity = 'apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata: {name: d}\nspec: {owner: o}\n';

describe('gantry import', () => {
  it('sends the files of a folder and prints what became of them', async () => {
    const files = temporaryFiles({ 'catalog-info.yaml': entity });
    const { sent, out, exitCode } = await run(['import', files, '--missing', 'trash'], {
      'POST /v1/imports?missing=trash': [{ ok: true, report }],
    });
    expect(sent).toMatchObject([{ body: { entries: ['catalog-info.yaml'], files: [{ text: entity }] } }]);
    expect(exitCode).toBe(1);
    expect(out.replaceAll(/\S*(?=b\.yaml)/g, '')).toBe(
      [
        'file:/repo',
        '  took 1,201 entities from 2 files (1,200 new, 1 changed, 0 as before)',
        '    component    1,000',
        '    _team          201',
        '  new blueprints: component',
        '  1 entity is no longer in the files, and kept for now (--missing trash removes them):',
        '    component old',
        '  refused, with 2 problems:',
        '    b.yaml:7 (document 2) spec.owner: is missing',
        '      Write it.',
        '    https://x.y/z the host did not answer',
      ].join('\n'),
    );
  });

  it('prints reports as JSON, and answers 0 when nothing was refused', async () => {
    const files = temporaryFiles({ 'catalog-info.yaml': entity });
    const clean = { ...report, problems: [] };
    const { out, exitCode } = await run(['import', files, '--json'], {
      'POST /v1/imports?missing=keep': [{ ok: true, report: clean }],
    });
    expect(JSON.parse(out)).toEqual([clean]);
    expect(exitCode).toBe(0);
  });

  it('lets the server read a URL, and waits for the outcome', async () => {
    const { out, exitCode } = await run(['import', place.target], {
      'POST /v1/locations': [{ ok: true, location: reading }],
      'GET /v1/locations': [
        { ok: true, locations: [reading] },
        { ok: true, locations: [{ ...reading, status: 'ok', entities: 4 }] },
      ],
    });
    expect(out).toBe('https://x.y/all.yaml\n  holds 4 entities\n  refused nothing');
    expect(exitCode).toBe(0);
  });

  it('refreshes a URL that is known already', async () => {
    const { sent, out, exitCode } = await run(['import', place.target], {
      'POST /v1/locations': [[{ ok: false, error: 'already_exists', message: 'known' }, 409]],
      'POST /v1/locations/7/refresh': [{ ok: true, location: reading }],
      'GET /v1/locations': [{ ok: true, locations: [{ ...reading, status: 'failed', message: 'gone' }] }],
    });
    expect(sent.map(({ path }) => path)).toContain('POST /v1/locations/7/refresh');
    expect(out).toMatch('could not be read: gone');
    expect(exitCode).toBe(1);
  });

  it('knows wrong usage', async () => {
    await expect(run(['import'], {})).rejects.toMatchObject({ code: 'commander.missingArgument' });
    await expect(run(['import', '.', '--missing', 'burn'], {})).rejects.toMatchObject({
      code: 'commander.invalidArgument',
    });
  });
});

describe('gantry demo', () => {
  it('loads and removes', async () => {
    const { out } = await run(['demo'], { 'POST /v1/demo': [{ ok: true, demo: { loaded: true, entities: 300 } }] });
    expect(out).toBe('The demo organization is loaded: 300 entities.');
    const removed = await run(['demo', '--remove'], {
      'DELETE /v1/demo': [{ ok: true, demo: { loaded: false, entities: 0 } }],
    });
    expect(removed.out).toBe('The demo organization is gone.');
  });
});
