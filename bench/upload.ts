import type { GeneratedEntity } from './generate.ts';
import { inParallel, type Line } from './http.ts';
import { blueprints } from './model.ts';

/** What Port's exporters send in one bulk request. */
export const exporterBatch = 20;

/** One bulk request, ready to be sent. */
export interface Bulk {
  readonly blueprint: string;
  readonly identifiers: readonly string[];
  readonly body: Buffer;
}

/** Declares the kinds of the generated catalog. */
export async function declareModel(line: Line): Promise<void> {
  for (const blueprint of blueprints) await line.send('POST', '/v1/blueprints', JSON.stringify(blueprint));
}

/** Cuts a catalog into bulk requests of at most `size` entities, each of one kind. */
export function* bulksOf(entities: Iterable<GeneratedEntity>, size = exporterBatch): Generator<Bulk> {
  let batch: GeneratedEntity[] = [];
  for (const entity of entities) {
    if (batch.length === size || (batch[0] && batch[0].blueprint !== entity.blueprint)) {
      yield bulkOf(batch);
      batch = [];
    }
    batch.push(entity);
  }
  if (batch.length > 0) yield bulkOf(batch);
}

function bulkOf(batch: readonly GeneratedEntity[]): Bulk {
  return {
    blueprint: batch[0]?.blueprint ?? '',
    identifiers: batch.map(({ identifier }) => identifier),
    body: Buffer.from(JSON.stringify({ entities: batch.map(({ blueprint: _, ...entity }) => entity) })),
  };
}

/** Sends one bulk request the way exporters do. @throws Error when an entity was refused */
export async function sendBulk(line: Line, { blueprint, body }: Bulk): Promise<void> {
  const query = 'upsert=true&merge=true&create_missing_related_entities=true';
  const said = await line.send('POST', `/v1/blueprints/${blueprint}/entities/bulk?${query}`, body);
  const { errors } = JSON.parse(said.toString());
  if (errors.length > 0) throw new Error(`Gantry refused an entity: ${JSON.stringify(errors[0])}`);
}

/** Sends bulk requests over all connections of the line. */
export async function upload(line: Line, bulks: Iterable<Bulk>): Promise<void> {
  await inParallel(bulks, line.connections, (bulk) => sendBulk(line, bulk));
}
