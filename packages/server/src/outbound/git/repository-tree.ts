import { Refusal } from '@gantry/core';
import { runGit } from './git-process.ts';

/** The files of one commit, read from the object store: nothing is ever checked out, so no link can be followed. */
export interface RepositoryTree {
  readonly commit: string;
  /** The branch that was cloned; the commit itself when a tag was. */
  readonly branch: string;
  /** Paths of the regular files, from the root, in order. Links and submodules are not among them. */
  readonly paths: readonly string[];
  /** The bytes of the named files. Throws `not_found` or, for one that was too large to fetch, `remote_failed`. */
  read(paths: readonly string[]): Promise<Map<string, Buffer>>;
}

interface TreeAccess {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
}

const MAX_LISTING = 64 * 1024 * 1024;

/** Lists the tree of HEAD. */
export async function readTree(access: TreeAccess): Promise<RepositoryTree> {
  const git = (args: readonly string[], input = '', maxOutput = MAX_LISTING) =>
    runGit({ ...access, args: ['--git-dir', access.folder, ...args], input, maxOutput });
  const head = await git(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (head.code !== 0) throw new Refusal('remote_failed', 'The repository has no commits yet.');
  const listing = await git(['ls-tree', '-r', '-z', '--full-tree', 'HEAD']);
  const name = await git(['symbolic-ref', '--quiet', '--short', 'HEAD']);
  const objects = regularFiles(listing.output.toString());
  return {
    commit: head.output.toString().trim(),
    branch: name.code === 0 ? name.output.toString().trim() : head.output.toString().trim(),
    paths: [...objects.keys()],
    read: async (paths) => {
      const wanted = paths.map((path) => objects.get(path) ?? refuseAbsent(path));
      const batch = await git(['cat-file', '--batch'], wanted.map((oid) => `${oid}\n`).join(''), access.maxBytes);
      return parseBatch(batch.output, paths);
    },
  };
}

/** `<mode> <type> <oid>\t<path>\0…` → path to oid, of plain and executable files only. */
function regularFiles(listing: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of listing.split('\0')) {
    const [, mode, oid, path] = /^(\d{6}) \w+ ([0-9a-f]+)\t([\s\S]+)$/.exec(entry) ?? [];
    if (oid && path && (mode === '100644' || mode === '100755')) files.set(path, oid);
  }
  return files;
}

/** The answer of `cat-file --batch`, in the order asked: `<oid> blob <size>\n<bytes>\n`, or `<oid> missing\n`. */
function parseBatch(output: Buffer, paths: readonly string[]): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  let at = 0;
  for (const path of paths) {
    const lineEnd = output.indexOf(0x0a, at);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(output.toString('latin1', at, lineEnd))?.[1];
    at = lineEnd + 1;
    if (lineEnd < 0 || size === undefined) throw new Refusal('remote_failed', `${path} is too large to be read.`);
    files.set(path, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return files;
}

function refuseAbsent(path: string): never {
  throw new Refusal('not_found', `${path} is not a file of the repository.`);
}
