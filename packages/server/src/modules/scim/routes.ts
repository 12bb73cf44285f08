import * as contract from '@gantry/contract';
import type { Actor } from '@gantry/core';
import { type CallContext, type ServedRoute, serve } from '../../http/serve.ts';
import { type EntityKit, originOfCall, type WriteContext } from '../entities/index.ts';
import { Directory } from './directory.ts';
import { findResources, type Question } from './find.ts';
import { groups } from './groups.ts';
import { type Picked, pick } from './pick.ts';
import type { Resource, ResourceKind } from './resource.ts';
import { resourceTypes, schemas, serviceProviderConfig } from './schemas.ts';
import { users } from './users.ts';

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const json = (value: object, extra: { status?: number; headers?: Record<string, string> } = {}) => ({
  json: JSON.stringify(value),
  ...extra,
});
const list = (found: readonly object[], total = found.length, startIndex = 1) =>
  json({ schemas: [LIST], totalResults: total, startIndex, itemsPerPage: found.length, Resources: found });

/** SCIM 2.0 for users and groups (RFC 7643, RFC 7644). */
export function scimRoutes(kit: EntityKit, baseUrl: string | undefined): ServedRoute[] {
  const person = handlersOf(kit, users, baseUrl);
  const group = handlersOf(kit, groups, baseUrl);
  return [
    serve(contract.scimServiceProviderConfig, async () => json(serviceProviderConfig)),
    serve(contract.scimResourceTypes, async () => list(resourceTypes)),
    serve(contract.scimSchemas, async () => list(schemas())),
    serve(contract.listScimUsers, person.list),
    serve(contract.getScimUser, person.get),
    serve(contract.createScimUser, person.create, { checksBody: true }),
    serve(contract.putScimUser, person.put, { checksBody: true }),
    serve(contract.patchScimUser, person.patch, { checksBody: true }),
    serve(contract.deleteScimUser, person.remove),
    serve(contract.listScimGroups, group.list),
    serve(contract.getScimGroup, group.get),
    serve(contract.createScimGroup, group.create, { checksBody: true }),
    serve(contract.putScimGroup, group.put, { checksBody: true }),
    serve(contract.patchScimGroup, group.patch, { checksBody: true }),
    serve(contract.deleteScimGroup, group.remove),
  ];
}

interface One extends CallContext {
  readonly params: { readonly id: string };
}

function handlersOf<T extends Resource>(kit: EntityKit, kind: ResourceKind<T>, baseUrl: string | undefined) {
  const directory = new Directory(kit, kind);
  const baseOf = ({ headers }: CallContext) => `${baseUrl ?? `http://${headers.host}`}/scim/v2`;
  const read = async (id: string, call: CallContext) => json(await directory.find(id, baseOf(call)));
  return {
    async list(call: CallContext & { readonly query: Question & Picked }) {
      const { total, start, page } = await findResources(kit.db, kind, call.query, baseOf(call));
      return list(
        page.map((one) => pick(one, call.query)),
        total,
        start,
      );
    },
    async get(call: One & { readonly query: Picked }) {
      return json(pick(await directory.find(call.params.id, baseOf(call)), call.query));
    },
    async create(call: CallContext & { readonly body: object }) {
      const id = await directory.create(call.body, contextOf(call));
      const made = await directory.find(id, baseOf(call));
      const location = `${baseOf(call)}/${kind.kind === '_user' ? 'Users' : 'Groups'}/${id}`;
      return json(made, { headers: { location } });
    },
    async put(call: One & { readonly body: object }) {
      await directory.replace(call.params.id, call.body, contextOf(call));
      return read(call.params.id, call);
    },
    async patch(call: One & { readonly body: object }) {
      await directory.patch(call.params.id, call.body, baseOf(call), contextOf(call));
      return read(call.params.id, call);
    },
    async remove(call: One) {
      await directory.remove(call.params.id, contextOf(call));
      return { json: '' };
    },
  };
}

/** A directory may write people and teams, and nothing else: so that is done in its name, by Gantry. */
function contextOf(call: CallContext): WriteContext {
  const { id, label } = call.actor;
  const actor: Actor = { kind: 'system', id, label, roles: [], teams: [] };
  return { actor, origin: originOfCall(call), datasource: call.userAgent, dangling: 'refuse' };
}
