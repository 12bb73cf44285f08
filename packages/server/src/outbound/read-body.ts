import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Refusal } from '@gantry/core';

const decoders = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress };

/** What we say we understand; `readBody` understands exactly these. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/**
 * Reads a body, unpacked, up to `maxBytes`. The limit is counted on the wire and again behind the decompressor while
 * the bytes flow, so that neither an endless body nor a small one that unpacks to gigabytes is ever held.
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  limits: { readonly maxBytes: number; readonly shown: string },
): Promise<Buffer> {
  const coding = (encoding ?? 'identity').trim().toLowerCase();
  const chunks: Buffer[] = [];
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of limited(source, limits)) chunks.push(chunk);
  };
  if (coding === 'identity' || coding === '') {
    await pipeline(body, collect);
  } else {
    const decoder = Object.hasOwn(decoders, coding) ? decoders[coding as keyof typeof decoders] : undefined;
    if (!decoder) {
      discard(body);
      throw new Refusal('remote_failed', `${limits.shown} answered with the unknown content encoding ${coding}.`);
    }
    await pipeline(body, (source: AsyncIterable<Buffer>) => limited(source, limits), decoder(), collect);
  }
  return Buffer.concat(chunks);
}

async function* limited(
  source: AsyncIterable<Buffer>,
  limits: { readonly maxBytes: number; readonly shown: string },
): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const chunk of source) {
    total += chunk.length;
    if (total > limits.maxBytes) {
      throw new Refusal(
        'remote_failed',
        `${limits.shown} is larger than ${sizeInWords(limits.maxBytes)}; nothing of it was used.`,
      );
    }
    yield chunk;
  }
}

function sizeInWords(bytes: number): string {
  const [divisor, unit] = bytes >= 1024 * 1024 ? [1024 * 1024, 'MiB'] : [1024, 'KiB'];
  return `${Math.round((bytes / divisor) * 10) / 10} ${unit}`;
}

/** Throws a body away and hangs up. Destroying one makes it report an abort, which nobody waits for. */
export function discard(body: Readable): void {
  body.on('error', () => {}).destroy();
}
