import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { isPlainObject } from '../../json.ts';
import type { Problem } from '../../problem.ts';
import { findUnstorable } from '../../property/storable.ts';
import { checkShape } from '../../shape.ts';
import { type BackstageEntity, DEFAULT_NAMESPACE } from './backstage-entity.ts';
import { type FieldFormat, fieldFormats } from './field-formats.ts';
import { type KindRow, kindRow, specSchemas } from './kinds.ts';
import { referencesOf } from './relations.ts';

/** The verdict on one document. `problems` holds everything that is wrong, with dotted paths. */
export type EntityVerdict =
  | { readonly ok: true; readonly entity: BackstageEntity }
  | {
      readonly ok: false;
      readonly code: 'not_an_entity' | 'invalid_entity' | 'unknown_kind_version';
      readonly problems: readonly Problem[];
    };

const text = Type.String({ minLength: 1 });
const optional = Type.Optional;
const textMap = Type.Record(Type.String(), Type.Unknown());

const Envelope = Type.Object(
  {
    apiVersion: Type.String(),
    kind: Type.String(),
    metadata: Type.Object(
      {
        name: Type.String(),
        namespace: optional(Type.String()),
        uid: optional(text),
        etag: optional(text),
        title: optional(text),
        description: optional(Type.String()),
        labels: optional(textMap),
        annotations: optional(textMap),
        tags: optional(Type.Array(Type.String())),
        links: optional(Type.Array(Type.Object({ url: Type.String(), type: optional(text) }))),
      },
      { additionalProperties: true },
    ),
    spec: optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: true },
);

const rootFields = ['apiVersion', 'kind', 'metadata', 'spec'];

/**
 * Judges one document as Backstage 1.55 does: envelope, foreign root fields, field formats, and for the kinds it knows
 * the shape of `spec` and its references. Kinds that Backstage does not know are taken when their envelope is sound;
 * the names of built-in kinds under a foreign apiVersion are refused, as Backstage refuses them.
 */
export function validateEntity(document: Record<string, unknown>): EntityVerdict {
  if (!('apiVersion' in document || 'kind' in document || 'metadata' in document)) {
    return { ok: false, code: 'not_an_entity', problems: [NOT_AN_ENTITY] };
  }
  const row = typeof document.kind === 'string' ? kindRow(document.kind) : undefined;
  const foreign = row ? foreignKind(document, row) : [];
  const problems = [
    ...checkShape(Envelope, document),
    ...foreignRootFields(document),
    ...formatProblems(document),
    ...foreign,
    ...(row && foreign.length === 0 ? specProblems(document, row) : []),
    ...findUnstorable(document),
  ];
  if (problems.length > 0) {
    const code = problems.every((problem) => foreign.includes(problem)) ? 'unknown_kind_version' : 'invalid_entity';
    return { ok: false, code, problems };
  }
  return withReferences(withNamespace(document as unknown as BackstageEntity));
}

const NOT_AN_ENTITY: Problem = {
  path: '',
  message: 'is not a Backstage entity: it has no apiVersion, kind or metadata',
  remedy: 'Leave the file out of the Locations and the import, or write the three fields.',
};

function withNamespace(entity: BackstageEntity): BackstageEntity {
  if (entity.metadata.namespace) return entity;
  return { ...entity, metadata: { ...entity.metadata, namespace: DEFAULT_NAMESPACE } };
}

function withReferences(entity: BackstageEntity): EntityVerdict {
  const { problems } = referencesOf(entity);
  return problems.length > 0 ? { ok: false, code: 'invalid_entity', problems } : { ok: true, entity };
}

function foreignRootFields(document: Record<string, unknown>): Problem[] {
  return Object.keys(document)
    .filter((field) => !rootFields.includes(field))
    .map((field) => ({
      path: field,
      message: `is not one of the fields ${rootFields.join(', ')}`,
      remedy: 'Move it into metadata or spec, or remove it.',
    }));
}

function foreignKind({ apiVersion, kind }: Record<string, unknown>, row: KindRow): Problem[] {
  if (kind !== row.kind) {
    const message = `must be written ${row.kind}: Backstage minds the letter case`;
    return [{ path: 'kind', message, remedy: `Write kind: ${row.kind}.` }];
  }
  if (typeof apiVersion !== 'string' || row.apiVersions.includes(apiVersion)) return [];
  const known = row.apiVersions.join(' or ');
  return [
    {
      path: 'apiVersion',
      message: `must be ${known} for the kind ${row.kind}: Backstage knows none as ${apiVersion}`,
      remedy: `Write apiVersion: ${row.apiVersions[0]}, or give a kind of your own a name that Backstage does not use.`,
    },
  ];
}

function specProblems({ spec }: Record<string, unknown>, row: KindRow): Problem[] {
  if (spec === undefined) {
    return [{ path: 'spec', message: `is missing, and a ${row.kind} needs one` }];
  }
  if (!isPlainObject(spec)) return [];
  const schemas = specSchemas(row, spec);
  return schemas.some((schema) => Value.Check(schema, spec)) ? [] : checkShape(schemas[0], spec, 'spec');
}

/** Checks each field against its format; fields of a wrong type are the envelope's to refuse. */
function formatProblems(document: Record<string, unknown>): Problem[] {
  const metadata = isPlainObject(document.metadata) ? document.metadata : {};
  const links: unknown[] = Array.isArray(metadata.links) ? metadata.links : [];
  return [
    ...check('apiVersion', document.apiVersion, fieldFormats.apiVersion),
    ...check('kind', document.kind, fieldFormats.kind),
    ...check('metadata.name', metadata.name, fieldFormats.name),
    ...check('metadata.namespace', metadata.namespace, fieldFormats.namespace),
    ...checkMap('metadata.labels', metadata.labels, fieldFormats.labelValue),
    ...checkMap('metadata.annotations', metadata.annotations),
    ...(Array.isArray(metadata.tags) ? metadata.tags : []).flatMap((tag, position) =>
      check(`metadata.tags.${position}`, tag, fieldFormats.tag),
    ),
    ...links.flatMap((link, position) => (isPlainObject(link) ? linkProblems(`metadata.links.${position}`, link) : [])),
  ];
}

function linkProblems(path: string, link: Record<string, unknown>): Problem[] {
  return [
    ...check(`${path}.url`, link.url, fieldFormats.url),
    ...check(`${path}.title`, link.title, fieldFormats.visibleText, true),
    ...check(`${path}.icon`, link.icon, fieldFormats.visibleText, true),
  ];
}

function check(path: string, value: unknown, format: FieldFormat, anyType = false): Problem[] {
  if (value === undefined || (!anyType && typeof value !== 'string') || format.test(value)) return [];
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return [{ path, message: `must be ${format.expects}, not ${clip(shown)}` }];
}

function checkMap(path: string, map: unknown, format?: FieldFormat): Problem[] {
  if (!isPlainObject(map)) return [];
  return Object.entries(map).flatMap(([key, value]) => {
    const keyProblems = check(`${path}.${key}`, key, fieldFormats.key);
    if (typeof value !== 'string') {
      const message = `must be a text, not ${clip(JSON.stringify(value) ?? 'nothing')}`;
      return [...keyProblems, { path: `${path}.${key}`, message, remedy: 'Put the value in quotes.' }];
    }
    return [...keyProblems, ...(format ? check(`${path}.${key}`, value, format) : [])];
  });
}

function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
