import { parseDocument } from 'yaml';
import { isEmpty } from '../entity-facts.ts';

export interface ApiOperation {
  /** `GET`, `publish`, `send` and so on. */
  verb: string;
  /** Path of an HTTP operation, address of a channel. */
  place: string;
  summary?: string;
  tag?: string;
  deprecated: boolean;
}

/** What an API description offers, as far as a list can say it. */
export interface ApiSummary {
  format: 'OpenAPI' | 'AsyncAPI';
  /** Version of the format, for instance 3.1.0. */
  formatVersion: string;
  title?: string;
  version?: string;
  description?: string;
  servers: string[];
  operations: ApiOperation[];
}

export type ApiReading =
  | { kind: 'summary'; summary: ApiSummary; text: string }
  /** An address of a description elsewhere, which the browser does not fetch. */
  | { kind: 'address'; url: string }
  /** Something else than OpenAPI or AsyncAPI, or not readable; shown as it is, with the reason. */
  | { kind: 'text'; text: string; reason: string };

type Fields = Record<string, unknown>;
const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const optional = <K extends string>(key: K, value: string | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };

const httpVerbs = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

function openApiOperations(document: Fields): ApiOperation[] {
  return Object.entries(fields(document.paths)).flatMap(([place, item]) =>
    httpVerbs
      .filter((verb) => !isEmpty(fields(item)[verb]))
      .map((verb) => {
        const operation = fields(fields(item)[verb]);
        return {
          verb: verb.toUpperCase(),
          place,
          deprecated: operation.deprecated === true,
          ...optional('summary', text(operation.summary) ?? text(operation.operationId)),
          ...optional('tag', text([operation.tags].flat()[0])),
        };
      }),
  );
}

/** AsyncAPI 2 hangs operations under channels; 3 lists them apart and points at channels. */
function asyncApiOperations(document: Fields): ApiOperation[] {
  const channels = fields(document.channels);
  const describe = (verb: string, place: string, operation: Fields): ApiOperation => ({
    verb,
    place,
    deprecated: false,
    ...optional('summary', text(operation.summary) ?? text(operation.title) ?? text(operation.operationId)),
    ...optional('tag', text(fields([operation.tags].flat()[0]).name)),
  });
  const older = Object.entries(channels).flatMap(([place, channel]) =>
    ['publish', 'subscribe']
      .filter((verb) => fields(channel)[verb] !== undefined)
      .map((verb) => describe(verb, place, fields(fields(channel)[verb]))),
  );
  const newer = Object.entries(fields(document.operations)).map(([name, value]) => {
    const operation = fields(value);
    const channel = text(fields(operation.channel).$ref)
      ?.split('/')
      .at(-1)
      ?.replaceAll('~1', '/')
      .replaceAll('~0', '~');
    const address = channel ? (text(fields(channels[channel]).address) ?? channel) : name;
    return describe(text(operation.action) ?? 'uses', address, { ...operation, operationId: name });
  });
  return [...older, ...newer];
}

/** OpenAPI 3 lists URLs, Swagger 2 a host and a base path, AsyncAPI named servers with a URL or a host. */
function serversOf(document: Fields): string[] {
  const listed = Array.isArray(document.servers) ? document.servers : Object.values(fields(document.servers));
  const addresses = listed.map((server) => text(fields(server).url) ?? text(fields(server).host));
  const swagger = text(document.host) ? [`${document.host}${text(document.basePath) ?? ''}`] : [];
  return [...addresses.filter((address) => address !== undefined), ...swagger];
}

function summarise(document: Fields): ApiSummary | undefined {
  const openApi = text(document.openapi) ?? text(document.swagger);
  const asyncApi = text(document.asyncapi);
  const formatVersion = openApi ?? asyncApi;
  if (formatVersion === undefined) return undefined;
  const info = fields(document.info);
  return {
    format: openApi === undefined ? 'AsyncAPI' : 'OpenAPI',
    formatVersion,
    ...optional('title', text(info.title)),
    ...optional('version', text(info.version)),
    ...optional('description', text(info.description)),
    servers: serversOf(document),
    operations: openApi === undefined ? asyncApiOperations(document) : openApiOperations(document),
  };
}

/** Reads YAML or JSON text without ever following more aliases than a sane document has. */
function parse(source: string): { value: unknown } | { reason: string } {
  try {
    return { value: JSON.parse(source) };
  } catch {
    // Most descriptions are YAML, whose parser is slower and takes JSON with mistakes too.
  }
  const document = parseDocument(source, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error) return { reason: `it is not valid YAML or JSON: ${error.message.split('\n')[0]}` };
  try {
    return { value: document.toJS({ maxAliasCount: 1000 }) };
  } catch {
    return { reason: 'it refers to itself too often to be read' };
  }
}

/** What can be said about the value of an API description: a document as text or object, or the address of one. */
export function readApi(value: unknown): ApiReading {
  if (typeof value === 'string' && /^https?:\/\/\S+$/.test(value.trim())) return { kind: 'address', url: value.trim() };
  const source = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  const read = typeof value === 'string' ? parse(value) : { value };
  if ('reason' in read) return { kind: 'text', text: source, reason: `Shown as text, because ${read.reason}.` };
  const summary = summarise(fields(read.value));
  if (summary) return { kind: 'summary', summary, text: source };
  return { kind: 'text', text: source, reason: 'Shown as text, because it is neither OpenAPI nor AsyncAPI.' };
}
