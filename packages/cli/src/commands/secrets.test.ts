import { createClient } from '@gantry/client';
import { expect, it } from 'vitest';
import { createProgram } from '../program.ts';

/** Runs `gantry secrets rotate-key` against this answer. */
async function rotate(rotation: object, ...words: string[]) {
  const [out, notes, sent]: string[][] = [[], [], []];
  let exitCode: number | undefined;
  const transport: typeof fetch = async (url, init) => {
    sent?.push(`${init?.method} ${url}`);
    return Response.json({ ok: true, rotation });
  };
  const program = createProgram({
    terminal: { out: (line) => out?.push(line), note: (line) => notes?.push(line), style: (_, text) => text },
    connect: async () => createClient({ baseUrl: 'http://gantry', fetch: transport }),
    finish: (code) => {
      exitCode = code;
    },
  });
  await program.parseAsync(['secrets', 'rotate-key', ...words], { from: 'user' });
  return { out, notes, sent, exitCode };
}

const rotation = { key: 'abc', made: true, reencrypted: 2, unreadable: [] };

it('rotates the key and says how many secrets were encrypted anew', async () => {
  expect(await rotate(rotation)).toEqual({
    out: ['2 secrets encrypted anew with the new key abc.'],
    notes: [],
    sent: ['POST http://gantry/v1/organization/secrets-key/rotate'],
    exitCode: 0,
  });
});

it('says what to do when the settings hold the key', async () => {
  const { out, notes, exitCode } = await rotate({ ...rotation, made: false, reencrypted: 0 });
  expect(out).toEqual(['0 secrets encrypted anew with key abc.']);
  expect(notes).toEqual([expect.stringContaining('put a new one first')]);
  expect(exitCode).toBe(0);
});

it('fails when some secrets cannot be read any more, and names them', async () => {
  const { out, notes, exitCode } = await rotate({ ...rotation, unreadable: ['NPM_TOKEN'] }, '--json');
  expect(JSON.parse(out?.join('') ?? '')).toMatchObject({ unreadable: ['NPM_TOKEN'] });
  expect(notes).toEqual([expect.stringContaining('NPM_TOKEN')]);
  expect(exitCode).toBe(1);
});
