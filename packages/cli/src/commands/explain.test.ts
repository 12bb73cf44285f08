import { createClient } from '@gantry/client';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../program.ts';

const explanation = {
  actor: 'ada@example.com',
  decision: 'no',
  chain: [
    {
      path: 'read',
      granted: 'yes',
      parts: [{ part: 'roles', granted: 'yes', reason: 'Is granted to roles they have: Member.' }],
    },
    { path: 'update', granted: 'no', parts: [{ part: 'policy', granted: 'no', reason: 'Has no policy.' }] },
  ],
  grantedBy: ['Admin', 'service-moderator'],
};

async function run(...words: string[]) {
  const asked: string[] = [];
  const out: string[] = [];
  let exitCode: number | undefined;
  const program = createProgram({
    terminal: { out: (line) => out.push(line), note: () => {}, style: (_, text) => text },
    connect: async () =>
      createClient({
        baseUrl: 'http://gantry',
        fetch: async (url) => {
          asked.push(String(url));
          return Response.json({ ok: true, explanation });
        },
      }),
    finish: (code) => {
      exitCode = code;
    },
  });
  await program.parseAsync(['node', 'gantry', ...words]);
  return { asked, out: out.join('\n'), exitCode };
}

describe('gantry explain', () => {
  it('asks about a person and prints every step', async () => {
    const { asked, out, exitCode } = await run(
      ...['explain', 'updateProperty', 'service', 'cart', '--actor', 'ada@example.com', '--property', 'tier'],
    );
    expect(asked).toEqual([
      'http://gantry/v1/explain?action=updateProperty&blueprint=service&entity=cart&actor=ada%40example.com&property=tier',
    ]);
    expect(out).toBe(
      [
        '✗ ada@example.com may not',
        '  ✓ read',
        '      ✓ roles: Is granted to roles they have: Member.',
        '  ✗ update',
        '      ✗ policy: Has no policy.',
        '  It can be granted by: Admin, service-moderator.',
      ].join('\n'),
    );
    expect(exitCode).toBe(0);
  });

  it('prints JSON', async () => {
    expect(JSON.parse((await run('explain', 'read', 'service', '--json')).out)).toEqual(explanation);
  });

  it('knows wrong usage', async () => {
    await expect(run('explain', 'fly', 'service')).rejects.toMatchObject({ code: 'commander.invalidArgument' });
    await expect(run('explain', 'read')).rejects.toMatchObject({ code: 'commander.missingArgument' });
  });
});
