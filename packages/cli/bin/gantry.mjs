#!/usr/bin/env node
// `npx gantry <command>` in a clone, on whatever Node there is: finds the pinned one and runs the program on it.
import { checkNode, install, runPinned, runToEnd } from '../../../scripts/bootstrap.mjs';

await runToEnd(async () => {
  checkNode();
  await install('runtime');
  return runPinned('packages/cli/src/main.ts', process.argv.slice(2));
});
