import * as contract from '@gantry/contract';
import { isSet } from '@gantry/contract';
import { answer, type ServedRoute, serve } from '../../http/serve.ts';
import { confirmMissing, forgetSource, importBundle, registerLocation, requestRefresh } from './commands.ts';
import type { SourceKit } from './kit.ts';
import { countSightings, type EntityKey, listMissing, type SightingCount } from './sightings.ts';
import type { Source } from './source.ts';
import { listSources } from './store.ts';

type LocationAnswer = contract.Answer<typeof contract.listLocations>['locations'][number];

const SHOWN_MISSING = 5_000;

export function sourceRoutes(kit: SourceKit): ServedRoute[] {
  const { db } = kit.entities;
  return [
    serve(contract.createImport, async ({ body, query, actor }) => {
      const missing = query.missing ?? (kit.missingEntities === 'trash' ? 'trash' : 'keep');
      return answer({ report: await importBundle(kit, body, { actor, missing }) });
    }),
    serve(contract.listImports, async () => {
      const sources = await listSources(db, ['bundle', 'location']);
      return answer({ imports: sources.flatMap(({ report }) => report ?? []) });
    }),
    serve(contract.listLocations, async () => {
      // In this order: a reading that is over by now has brought everything that is counted.
      const sources = await listSources(db, ['bundle', 'location']);
      const [counts, missing] = await Promise.all([countSightings(db), listMissing(db, SHOWN_MISSING)]);
      return answer({
        locations: sources.map((source) => present(source, counts.get(source.id), missing.get(source.id))),
      });
    }),
    serve(contract.createLocation, async ({ body, actor }) =>
      answer({ location: present(await registerLocation(kit, body.target, actor)) }),
    ),
    serve(contract.refreshLocation, async ({ params, actor }) => {
      const source = await requestRefresh(kit, params.location, actor);
      return answer({ location: present(source, (await countSightings(db)).get(source.id)) });
    }),
    serve(contract.confirmMissing, async ({ params, actor }) =>
      answer({ trashed: await confirmMissing(kit, params.location, actor) }),
    ),
    serve(contract.deleteLocation, async ({ params, query, actor }) => {
      await forgetSource(kit, params.location, { actor, deleteEntities: isSet(query.delete_entities) });
      return answer({});
    }),
  ];
}

function present(
  source: Source,
  counts: SightingCount = { entities: 0, stale: 0 },
  missing: readonly EntityKey[] = [],
): LocationAnswer {
  return {
    id: String(source.id),
    type: source.kind === 'location' ? 'url' : 'file',
    target: source.key,
    createdAt: source.createdAt.toISOString(),
    refreshedAt: source.refreshedAt?.toISOString() ?? null,
    status: source.status,
    ...(source.message !== null && { message: source.message }),
    ...counts,
    problems: source.report?.problems ?? [],
    missing: [...missing],
  };
}
