import * as contract from '@gantry/contract';
import { isSet, namesOf } from '@gantry/contract';
import { refuseInvalid } from '@gantry/core';
import { answer, type ServedRoute, serve } from '../../http/serve.ts';
import { aggregate } from './aggregate.ts';
import { listByDatasource } from './datasource-entities.ts';
import { exportMatching } from './export-entities.ts';
import { searchGlobally } from './global-search.ts';
import { entityGraph } from './graph.ts';
import type { SearchKit } from './kit.ts';
import { modelOverview } from './model-overview.ts';
import { countMatching, searchPage } from './page/search-page.ts';
import { readShapeOf } from './present/read-shape.ts';
import { readEntity, scopeOf, streamEntities } from './read-entities.ts';
import { relatedEntities } from './related-entities.ts';
import { searchEverywhere } from './search-everywhere.ts';

const media = 'application/json; charset=utf-8';

/** The endpoints that read entities. */
export function searchRoutes(kit: SearchKit): ServedRoute[] {
  return [...entityRoutes(kit), ...queryRoutes(kit), ...graphRoutes(kit)];
}

function entityRoutes(kit: SearchKit): ServedRoute[] {
  return [
    serve(contract.getEntity, async ({ params, query, actor }) => {
      const entity = await readEntity(kit, params.blueprint, params.entity, readShapeOf(query), actor);
      return { json: `{"ok":true,"entity":${entity}}` };
    }),
    serve(contract.listEntities, async ({ params, query, actor }) => {
      return { stream: await streamEntities(kit, params.blueprint, readShapeOf(query), actor), media };
    }),
    serve(contract.countEntities, async ({ params, actor }) => {
      const { blueprint, sight } = await scopeOf(kit, params.blueprint, actor);
      return answer({ count: await countMatching(kit, blueprint, sight.rows(blueprint)) });
    }),
  ];
}

function queryRoutes(kit: SearchKit): ServedRoute[] {
  return [
    serve(contract.getModel, async ({ actor }) => answer({ blueprints: await modelOverview(kit, actor) })),
    serve(contract.searchEntities, async ({ query, body, actor }) => {
      const isPartial = isSet(query.allow_partial_results);
      return { stream: await searchEverywhere(kit, body, readShapeOf(query), isPartial, actor), media };
    }),
    serve(contract.searchBlueprintEntities, async ({ params, query, body, actor }) => {
      const asked = body ?? {};
      return { json: await searchPage(kit, params.blueprint, asked, readShapeOf(query, asked), actor) };
    }),
    serve(contract.listDatasourceEntities, async ({ query, body, actor }) => {
      return { stream: await listByDatasource(kit, body, readShapeOf(query), actor), media };
    }),
    serve(contract.aggregateEntities, async ({ body, actor }) => answer({ result: await aggregate(kit, body, actor) })),
    serve(contract.exportEntities, async ({ params, body, actor }) => {
      const { stream, media: type, fileName } = await exportMatching(kit, params.blueprint, body, actor);
      const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`;
      return { stream, media: type, headers: { 'content-disposition': disposition, 'cache-control': 'no-store' } };
    }),
    serve(contract.globalSearch, async ({ query, actor }) => {
      const limit = wholeNumber('limit', query.limit, 1, 100, 20);
      return answer({
        results: await searchGlobally(kit, { words: query.q, blueprint: query.blueprint, limit }, actor),
      });
    }),
  ];
}

function graphRoutes(kit: SearchKit): ServedRoute[] {
  return [
    serve(contract.getRelatedEntities, async ({ params, query, actor }) => {
      const limit = wholeNumber('limit', query.limit, 1, 1000, 50);
      return answer({ groups: await relatedEntities(kit, params.blueprint, params.entity, limit, actor) });
    }),
    serve(contract.getGraph, async ({ query, actor }) => {
      const question = {
        blueprint: query.blueprint,
        entity: query.entity,
        depth: wholeNumber('depth', query.depth, 0, 5, 1),
        direction: query.direction ?? 'both',
        hidden: namesOf(query.hide),
        limit: wholeNumber('limit', query.limit, 1, 1000, 300),
      };
      return answer(await entityGraph(kit, question, actor));
    }),
  ];
}

/** Numbers in a URL are texts. @throws Refusal `invalid_request` when it is none or out of range */
function wholeNumber(name: string, text: string | undefined, least: number, most: number, unsaid: number): number {
  if (text === undefined || text === '') return unsaid;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw refuseInvalid([{ path: name, message: `must be a whole number from ${least} to ${most}` }]);
}
