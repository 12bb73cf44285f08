// `npm test`: installs what is missing, builds what is stale, then runs every check and every test on the pinned Node.
// `npm test -- test:crash` runs that suite as well: names of npm scripts that run Vitest.
import { buildWeb, checkNode, install, runPinned, runToEnd } from './bootstrap.mjs';

await runToEnd(async () => {
  checkNode();
  await install('all');
  await buildWeb();
  return runPinned('scripts/run-all-tests.ts', process.argv.slice(2));
});
