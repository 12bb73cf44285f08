import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commitFiles, git, gitServer } from '../../../test/git-server.ts';
import { serving } from '../../../test/serving.ts';
import { Outbound } from '../outbound.ts';
import { withRepository } from './open-repository.ts';

const root = mkdtempSync(join(tmpdir(), 'gantry-test-git-'));
const closers: (() => Promise<unknown>)[] = [];
let base = '';
let outbound: Outbound;

function makeRepository(name: string, files: Record<string, string>): string {
  const folder = join(root, name);
  commitFiles(folder, files);
  return folder;
}

/** What the address of a server among allowed hosts looks like. */
async function startServer(listener: RequestListener): Promise<string> {
  const server = await serving(listener);
  closers.push(() => server.close());
  return server.host;
}

const serveGit = gitServer(root);

beforeAll(async () => {
  const sample = makeRepository('sample.git', {
    'catalog-info.yaml': 'kind: Component\n',
    'services/ä b/catalog-info.yaml': 'kind: API\n',
    'big.bin': 'x'.repeat(200_000),
  });
  symlinkSync('/etc/passwd', join(sample, 'passwd.yaml'));
  writeFileSync(join(sample, '.gitmodules'), '[submodule "s"]\n\tpath = s\n\turl = ext::sh -c "touch /tmp/owned"\n');
  git(sample, 'add', '--all');
  git(sample, 'commit', '--quiet', '--message', 'Add a link and a submodule');
  git(sample, 'branch', 'other');
  git(sample, 'commit', '--quiet', '--allow-empty', '--message', 'Go on');

  const host = await startServer((incoming, answer) => {
    if (incoming.url?.startsWith('/moved/')) {
      answer.writeHead(301, { location: incoming.url.replace('/moved/', '/sample.git/.git/') }).end();
    } else if (incoming.url?.startsWith('/inside/')) {
      answer.writeHead(302, { location: `http://169.254.169.254${incoming.url.slice(7)}` }).end();
    } else if (incoming.url?.startsWith('/page/')) answer.end('<html>');
    else serveGit(incoming, answer);
  });
  base = `http://${host}`;
  outbound = new Outbound({ allowHosts: [host] });
}, 30_000);

afterAll(async () => {
  await outbound.close();
  for (const close of closers) await close();
  rmSync(root, { recursive: true, force: true });
});

const temporary = (): string[] => readdirSync(tmpdir()).filter((name) => /^gantry-git-[^/]{6}$/.test(name));

test('one commit is cloned, its files are read, links and submodules are not files, and nothing stays', async () => {
  const before = temporary();
  const head = git(join(root, 'sample.git'), 'rev-parse', 'HEAD').trim();
  const seen = await withRepository(outbound, { url: `${base}/sample.git/.git` }, async (tree) => {
    const files = await tree.read(['services/ä b/catalog-info.yaml', 'catalog-info.yaml']);
    return { commit: tree.commit, paths: tree.paths, texts: [...files.values()].map(String) };
  });
  expect(seen.commit).toBe(head);
  expect(seen.paths).toEqual(['.gitmodules', 'big.bin', 'catalog-info.yaml', 'services/ä b/catalog-info.yaml']);
  expect(seen.texts).toEqual(['kind: API\n', 'kind: Component\n']);
  expect(temporary()).toEqual(before);
});

test('a branch may be named; an unknown one is said to be unknown', async () => {
  const url = `${base}/sample.git/.git`;
  const other = git(join(root, 'sample.git'), 'rev-parse', 'other').trim();
  expect(await withRepository(outbound, { url, branch: 'other' }, async (tree) => tree.commit)).toBe(other);
  await expect(withRepository(outbound, { url, branch: 'nope' }, async () => {})).rejects.toThrow(
    /no branch or tag nope/,
  );
});

test('a redirect is followed by us, checked, and never by git', async () => {
  expect(await withRepository(outbound, { url: `${base}/moved` }, async (tree) => tree.paths.length)).toBe(4);
  await expect(withRepository(outbound, { url: `${base}/inside` }, async () => {})).rejects.toThrow(/metadata/);
});

test('the address that was checked is the one that is dialled', async () => {
  const port = new URL(base).port;
  // A name that only our own resolver knows: that git reaches it shows that git was told where to go.
  const named = new Outbound({
    allowHosts: [`git.corp.example:${port}`],
    lookup: (_host, options, callback) =>
      options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4),
  });
  closers.push(() => named.close());
  const url = `http://git.corp.example:${port}/sample.git/.git`;
  expect(await withRepository(named, { url }, async (tree) => tree.paths.length)).toBe(4);
});

test.each([
  ['ext::sh -c "touch /tmp/owned"', /refused/],
  ['file:///etc', /file:\/\/ is not spoken/],
  ['git://code.example/x.git', /git:\/\/ is not spoken/],
  ['ssh://git@code.example/x.git', /not spoken/],
  ['git@code.example:x.git', /refused/],
  ['--upload-pack=touch /tmp/owned', /not an absolute URL/],
  ['http://127.0.0.1:1081/x.git', /own network/],
  ['https://user:pass@code.example/x.git', /user name or password/],
])('%s is refused', async (url, message) => {
  await expect(withRepository(outbound, { url }, async () => {})).rejects.toThrow(message);
});

test('what is not a repository is told apart from what is private or absent', async () => {
  await expect(withRepository(outbound, { url: `${base}/page` }, async () => {})).rejects.toThrow(
    /does not answer as a Git/,
  );
  await expect(withRepository(outbound, { url: `${base}/none.git` }, async () => {})).rejects.toThrow(
    /not a public Git/,
  );
});

test('a file over the limit is not fetched, and the rest is still read', async () => {
  const limits = { maxFileBytes: 1_000 };
  await withRepository(outbound, { url: `${base}/sample.git/.git`, limits }, async (tree) => {
    await expect(tree.read(['big.bin'])).rejects.toThrow(/big\.bin is too large/);
    expect((await tree.read(['catalog-info.yaml'])).size).toBe(1);
    await expect(tree.read(['../../etc/passwd'])).rejects.toThrow(/not a file of the repository/);
  });
});

test('a clone that grows over the limit or never ends is killed and removed', async () => {
  const before = temporary();
  const stuck = await startServer((incoming, answer) => {
    if (incoming.method === 'GET') serveGit(incoming, answer);
  });
  const patient = new Outbound({ allowHosts: [stuck] });
  closers.push(() => patient.close());
  const url = `http://${stuck}/sample.git/.git`;
  await expect(withRepository(patient, { url, limits: { timeoutMs: 700 } }, async () => {})).rejects.toThrow(
    /could not be cloned within 0\.7 s/,
  );
  expect(temporary()).toEqual(before);
});

test('a repository over the size limit is refused and removed', async () => {
  makeRepository('large.git', { 'noise.bin': randomBytes(3 * 1024 * 1024).toString('base64') });
  const before = temporary();
  const wanted = { url: `${base}/large.git/.git`, limits: { maxBytes: 1024 * 1024 } };
  await expect(withRepository(outbound, wanted, async () => {})).rejects.toThrow(/larger than 1048576 bytes/);
  expect(temporary()).toEqual(before);
});
