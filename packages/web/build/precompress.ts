import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Shorter files are not worth a second one. */
const WORTH_BYTES = 1024;
const isText = /\.(js|css|svg|html)$/;

/**
 * Writes every text of the build compressed as well, as far as it goes: once here instead of at each request, and a
 * tenth smaller than what can be done in passing. The server sends the one that the browser understands.
 */
export function precompress(): Plugin {
  return {
    name: 'gantry:precompress',
    apply: 'build',
    writeBundle: ({ dir = '' }) => {
      for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        if (isText.test(name)) compress(join(dir, name));
      }
    },
  };
}

function compress(path: string): void {
  const bytes = readFileSync(path);
  if (bytes.length < WORTH_BYTES) return;
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
}
