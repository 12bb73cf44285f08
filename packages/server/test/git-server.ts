import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';

/** Runs git as somebody without a name of their own. */
export function git(folder: string, ...args: string[]): string {
  const person = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  return execFileSync('git', ['-C', folder, ...person, ...args], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
}

/** Commits these files (null removes one) to the branch `main` of a repository, made when it is new. @returns the commit */
export function commitFiles(folder: string, files: Readonly<Record<string, string | null>>): string {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  git(folder, 'config', 'uploadpack.allowFilter', 'true');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (text === null) rmSync(join(folder, path));
    else writeFileSync(join(folder, path), text);
  }
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'Change');
  return git(folder, 'rev-parse', 'HEAD').trim();
}

/** Serves the repositories below a folder with Git's own HTTP server, run as the CGI program it is. */
export function gitServer(root: string): (incoming: IncomingMessage, answer: ServerResponse) => void {
  return (incoming, answer) => {
    const url = new URL(incoming.url ?? '', 'http://localhost');
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: incoming.method,
        CONTENT_TYPE: incoming.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: incoming.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: [incoming.headers['git-protocol'] ?? ''].join(''),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    backend.stdin.on('error', () => {});
    incoming.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    backend.on('close', () => passOn(Buffer.concat(chunks), answer));
  };
}

function passOn(output: Buffer, answer: ServerResponse): void {
  const end = output.indexOf('\r\n\r\n');
  for (const line of output.toString('latin1', 0, end).split('\r\n')) {
    const [name = '', value = ''] = line.split(/:\s*/, 2);
    if (name === 'Status') answer.statusCode = Number(value.slice(0, 3));
    else if (name !== '') answer.setHeader(name, value);
  }
  answer.end(output.subarray(end + 4));
}
