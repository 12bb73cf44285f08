import { ErrorAnswer, problemStatus } from './errors.ts';
import { isReading, type Route } from './route.ts';
import { VIEW_AS_HEADER } from './view-as.ts';

const json = (schema: unknown) => ({ 'application/json': { schema } });

function parametersOf(route: Route): unknown[] {
  const describe = (place: 'path' | 'query', schema: Route['params']) => {
    const required: readonly string[] = schema?.required ?? [];
    return Object.entries(schema?.properties ?? {}).map(([name, value]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: value,
    }));
  };
  return [...describe('path', route.params), ...describe('query', route.query)];
}

function answersOf(route: Route): Record<string, unknown> {
  const content = route.media
    ? Object.fromEntries(route.media.split(', ').map((media) => [media, { schema: route.answer }]))
    : json(route.answer);
  const answers: Record<string, unknown> = {};
  for (const status of [route.status, ...(route.alsoStatus ?? [])]) answers[status] = { description: 'Done', content };
  for (const code of [...route.problems, 'internal_error' as const]) {
    const status = problemStatus[code];
    const before = answers[status] as { description: string } | undefined;
    const description = before ? `${before.description}, \`${code}\`` : `\`${code}\``;
    answers[status] = { description, content: json({ $ref: '#/components/schemas/Error' }) };
  }
  return answers;
}

const viewAs = {
  name: VIEW_AS_HEADER,
  in: 'header',
  required: false,
  description:
    'For administrators: answers as this person would be answered, who is named by the percent-encoded identifier of their `_user`, or as somebody with a role would be, as in `role:Member`. Requests that change something are refused with 403 while it is there.',
  schema: { type: 'string' },
};

/** The OpenAPI 3.1 document of these routes: the same schemas that validate, because 3.1 schemas are JSON Schema. */
export function openApi(routes: readonly Route[], info: { title: string; version: string }): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = {
      operationId: route.id,
      summary: route.summary,
      tags: [route.tag],
      'x-permission': route.permission,
      ...(route.permission === 'public' ? { security: [] } : {}),
      parameters: [...parametersOf(route), ...(isReading(route) ? [{ $ref: '#/components/parameters/ViewAs' }] : [])],
      ...(route.body ? { requestBody: { required: !route.bodyOptional, content: json(route.body) } } : {}),
      responses: answersOf(route),
    };
  }
  return {
    openapi: '3.1.0',
    info: { ...info, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Error: ErrorAnswer },
      parameters: { ViewAs: viewAs },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        session: { type: 'apiKey', in: 'cookie', name: 'gantry_session' },
      },
    },
  };
}
