import type { Answer, Body, QueryOf } from '@gantry/contract';
import {
  aggregateEntities,
  getEntity,
  getGraph,
  getProvenance,
  getRelatedEntities,
  globalSearch,
  listChanges,
  searchBlueprintEntities,
} from '@gantry/contract';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from './client.ts';
import { keys } from './keys.ts';

export type Entity = Answer<typeof getEntity>['entity'];
export type EntityPage = Answer<typeof searchBlueprintEntities>;
export type PageRequest = NonNullable<Body<typeof searchBlueprintEntities>>;
export type SearchResult = Answer<typeof globalSearch>['results'][number];
export type RelatedGroup = Answer<typeof getRelatedEntities>['groups'][number];
export type Provenance = Answer<typeof getProvenance>;

export const entityQuery = (blueprint: string, entity: string) =>
  queryOptions({
    queryKey: keys.entity(blueprint, entity),
    queryFn: async ({ signal }) =>
      (
        await api.call(getEntity, {
          params: { blueprint, entity },
          query: { attach_title_to_relation: 'true' },
          signal,
        })
      ).entity,
  });

/** Neighbours by relation and direction; `limit` entities of each group. */
export const relatedQuery = (blueprint: string, entity: string, limit = 100) =>
  queryOptions({
    queryKey: [...keys.related(blueprint, entity), limit],
    queryFn: async ({ signal }) =>
      (
        await api.call(getRelatedEntities, {
          params: { blueprint, entity },
          query: { limit: String(limit) },
          signal,
        })
      ).groups,
  });

export const changesQuery = (blueprint: string, entity: string) =>
  infiniteQueryOptions({
    queryKey: keys.changes(blueprint, entity),
    queryFn: ({ pageParam, signal }) =>
      api.call(listChanges, {
        params: { blueprint, entity },
        query: { limit: '50', ...(pageParam ? { from: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const provenanceQuery = (blueprint: string, entity: string) =>
  queryOptions({
    queryKey: keys.provenance(blueprint, entity),
    queryFn: ({ signal }) => api.call(getProvenance, { params: { blueprint, entity }, signal }),
  });

export const graphQuery = (question: QueryOf<typeof getGraph>) =>
  queryOptions({
    queryKey: keys.graph(question),
    queryFn: ({ signal }) => api.call(getGraph, { query: question, signal }),
    placeholderData: keepPreviousData,
  });

/** Words over every blueprint, best first. An empty text finds nothing and asks nobody. */
export const searchQuery = (question: { q: string; blueprint?: string; limit?: number }) =>
  queryOptions({
    queryKey: keys.search(question),
    queryFn: async ({ signal }) => {
      const { q, blueprint, limit = 20 } = question;
      const query = { q, limit: String(limit), ...(blueprint ? { blueprint } : {}) };
      return (await api.call(globalSearch, { query, signal })).results;
    },
    enabled: question.q.trim() !== '',
    placeholderData: keepPreviousData,
  });

/** A page of one blueprint's entities; `key` is what the answer depends on. */
export const pageQuery = (blueprint: string, body: PageRequest, key: unknown, page: number) =>
  queryOptions({
    queryKey: keys.entityPage(blueprint, key, page),
    queryFn: ({ signal }) =>
      api.call(searchBlueprintEntities, {
        params: { blueprint },
        query: { attach_title_to_relation: 'true' },
        body,
        signal,
      }),
  });

/** A figure, or counts by value, over everything that matches. */
export const aggregateQuery = (blueprint: string, body: Body<typeof aggregateEntities>) =>
  queryOptions({
    queryKey: keys.aggregate(blueprint, body),
    queryFn: async ({ signal }) => (await api.call(aggregateEntities, { body: { ...body, blueprint }, signal })).result,
    placeholderData: keepPreviousData,
  });

/** How many entities of each blueprint name no owning team. */
export const unownedQuery = queryOptions({
  queryKey: keys.unowned,
  queryFn: async ({ signal }) => {
    const query = { combinator: 'and', rules: [{ property: '$team', operator: 'isEmpty' }] };
    const body = { func: 'countValues', property: '$blueprint', query, limit: 1000 };
    const { result } = await api.call(aggregateEntities, { body, signal });
    return Array.isArray(result) ? result : [];
  },
});
