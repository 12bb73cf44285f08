/** One field of a resource: name, type (`string`, `integer`, `number`, `boolean`, `date-time`), what it is, an example. */
export type FieldSketch = readonly [name: string, type: string, about: string, example: string | number | boolean];

/** One thing that can be asked: method, path below the server, summary, what it takes and what it answers. */
export interface OperationSketch {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly takes?: boolean;
  readonly answers: 'one' | 'many' | 'nothing';
}

export interface ApiSketch {
  readonly id: string;
  readonly service: string;
  readonly title: string;
  readonly about: string;
  readonly version: string;
  readonly audience: 'Internal' | 'Partner' | 'Public';
  readonly requestsPerMinute: number;
  readonly resource: string;
  readonly fields: readonly FieldSketch[];
  readonly operations: readonly OperationSketch[];
}

/** The whole OpenAPI 3.1 description of an API. */
export function openApi(sketch: ApiSketch, server: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of sketch.operations) {
    paths[operation.path] ??= {};
    Object.assign(paths[operation.path] ?? {}, { [operation.method]: describe(operation, sketch) });
  }
  return {
    openapi: '3.1.0',
    info: { title: sketch.title, version: sketch.version, description: sketch.about },
    servers: [{ url: server, description: 'Production' }],
    tags: [{ name: sketch.resource }],
    paths,
    components: {
      schemas: { [sketch.resource]: schemaOf(sketch), Problem: problem },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
    security: [{ token: [] }],
  };
}

function describe(operation: OperationSketch, { resource }: ApiSketch): Record<string, unknown> {
  const reference = { $ref: `#/components/schemas/${resource}` };
  const parameters = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const paging =
    operation.answers === 'many' ? [{ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 200 } }] : [];
  return {
    operationId: idOf(operation),
    summary: operation.summary,
    tags: [resource],
    parameters: [...parameters, ...paging],
    ...(operation.takes && { requestBody: { required: true, content: { 'application/json': { schema: reference } } } }),
    responses: {
      ...success(operation, reference),
      '404': {
        description: 'There is no such thing',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function success({ method, answers }: OperationSketch, reference: object): Record<string, unknown> {
  if (answers === 'nothing') return { '204': { description: 'Done' } };
  const schema = answers === 'many' ? { type: 'array', items: reference } : reference;
  const status = method === 'post' ? '201' : '200';
  return { [status]: { description: 'As asked', content: { 'application/json': { schema } } } };
}

/** `get /carts/{cartId}/lines` → `getCartsLines`: unique as long as method and fixed parts are. */
function idOf({ method, path }: OperationSketch): string {
  const parts = path.split('/').map((part) => (/^\{/.test(part) ? 'One' : part));
  const words = parts
    .join('-')
    .split('-')
    .filter((part) => part !== '');
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function schemaOf({ resource, fields }: ApiSketch): Record<string, unknown> {
  const properties = fields.map(([name, type, about, example]) => [
    name,
    type === 'date-time'
      ? { type: 'string', format: type, description: about, examples: [example] }
      : { type, description: about, examples: [example] },
  ]);
  return { title: resource, type: 'object', required: [fields[0]?.[0]], properties: Object.fromEntries(properties) };
}

const problem = {
  type: 'object',
  required: ['title'],
  properties: { title: { type: 'string' }, detail: { type: 'string' } },
};
