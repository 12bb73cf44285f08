// `npm start`: installs what is missing, builds what is stale, then runs Gantry on the pinned Node until it is stopped.
import { buildWeb, checkNode, install, runPinned, runToEnd } from './bootstrap.mjs';

await runToEnd(async () => {
  checkNode();
  await install('runtime');
  await buildWeb();
  return runPinned('packages/server/src/main.ts');
});
