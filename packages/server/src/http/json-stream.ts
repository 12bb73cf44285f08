import { Readable } from 'node:stream';

/**
 * A stream of text out of `parts`. The first part is fetched before anything is answered, so that what is refused is
 * refused properly and not in the middle of an answer. A stream that nobody reads to its end, or reads at all, still
 * ends `parts`, and so gives back what they hold.
 */
export async function streamOf(parts: AsyncGenerator<string, void, void>): Promise<Readable> {
  let first: IteratorResult<string, void> | undefined = await parts.next();
  const all: AsyncIterableIterator<string, void, void> = {
    async next() {
      const part = first ?? parts.next();
      first = undefined;
      return part;
    },
    return: () => parts.return(),
    [Symbol.asyncIterator]: () => all,
  };
  return Readable.from(all, { objectMode: false });
}

/**
 * The text of an answer with a list of `entities`, given in batches of JSON texts; `rest` adds further members at the
 * end, each with a comma before it.
 */
export async function* entitiesAnswer(
  batches: AsyncIterable<readonly string[]>,
  rest: () => string = () => '',
): AsyncGenerator<string, void, void> {
  const elements = listed(batches);
  try {
    // Before anything is said the first batch has to be there.
    const first = await elements.next();
    yield `{"ok":true,"entities":[${first.value ?? ''}`;
    yield* elements;
    yield `]${rest()}}`;
  } finally {
    await elements.return();
  }
}

async function* listed(batches: AsyncIterable<readonly string[]>): AsyncGenerator<string, void, void> {
  let isFirst = true;
  for await (const batch of batches) {
    if (batch.length === 0) continue;
    yield `${isFirst ? '' : ','}${batch.join(',')}`;
    isFirst = false;
  }
}
