import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** How much JavaScript, gzipped, may be loaded before the catalog page shows rows. */
const BUDGET_KB = 300;

const dist = fileURLToPath(new URL('../packages/web/dist', import.meta.url));
const start = ['index.html', 'src/features/catalog/catalog-page.tsx'];

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'));

/** The chunks and everything they import at once; what they import later does not count. */
function withImports(names: readonly string[], seen = new Set<string>()): Set<string> {
  for (const name of names) {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`${name} is not in the build's manifest: build the web UI, or correct this script.`);
    if (!seen.has(name)) withImports(chunk.imports ?? [], seen.add(name));
  }
  return seen;
}

const sizes = [...withImports(start)]
  .map((name) => manifest[name]?.file ?? '')
  .filter((file) => file.endsWith('.js'))
  .map((file) => ({ file, kb: gzipSync(readFileSync(join(dist, file))).length / 1024 }))
  .sort((one, other) => other.kb - one.kb);
const total = sizes.reduce((sum, { kb }) => sum + kb, 0);

for (const { file, kb } of sizes.slice(0, 8)) process.stdout.write(`${kb.toFixed(1).padStart(8)} KB  ${file}\n`);
process.stdout.write(`${total.toFixed(1).padStart(8)} KB  before the catalog page shows rows, of ${BUDGET_KB}\n`);
if (total > BUDGET_KB) {
  process.stderr.write('Too much. Load what is not needed for the first rows with `lazy` or `import()`.\n');
  process.exitCode = 1;
}
