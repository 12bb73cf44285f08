import { setImmediate as otherWork } from 'node:timers/promises';
import type { IngestReader } from '@gantry/core/backstage';

/**
 * The same reader, letting other requests have their turn before each file: what comes out of memory is read without
 * ever waiting, and ten thousand documents in one breath would hold up everybody.
 */
export function unhurried(reader: IngestReader): IngestReader {
  return {
    ...reader,
    async read(target) {
      await otherWork();
      return reader.read(target);
    },
  };
}
