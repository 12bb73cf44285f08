import { describe, expect, it } from 'vitest';
import { absentSharedData, sharedData, sharedDocuments } from '../../../../tests/shared-data.ts';
import { isPlainObject } from '../json.ts';
import { parseBlueprint } from './check-blueprint.ts';

interface Found {
  readonly file: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Blueprints at any depth of the shared documents: whatever has an identifier and a schema. */
const found = [...sharedDocuments('port')].flatMap(({ file, document }) => blueprintsIn(document, file));

function blueprintsIn(value: unknown, file: string): Found[] {
  if (Array.isArray(value)) return value.flatMap((element) => blueprintsIn(element, file));
  if (!isPlainObject(value)) return [];
  if (value.identifier !== undefined && isPlainObject(value.schema)) return [{ file, input: value }];
  return Object.values(value).flatMap((element) => blueprintsIn(element, file));
}

describe("blueprints that Port's exporters ship", () => {
  it('are all accepted and read back equal', (context) => {
    if (sharedData === undefined) return context.skip(absentSharedData);
    expect(found.length).toBeGreaterThan(100);
    for (const { file, input } of found) {
      const parsed = parseBlueprint(input);
      expect(parsed, `${file}: ${String(input.identifier)}`).toMatchObject({ ok: true });
      if (!parsed.ok) continue;
      const { schema, relations, ...rest } = parsed.value;
      const expected = { mirrorProperties: {}, calculationProperties: {}, aggregationProperties: {}, ...input };
      expect(schema).toEqual({ required: [], ...(input.schema as object) });
      expect(rest).toEqual({ ...expected, schema: undefined, relations: undefined });
      expect(relations).toEqual(withCardinality(input.relations));
      expect(Object.keys(schema.properties)).toEqual(Object.keys((input.schema as { properties: object }).properties));
    }
  });
});

function withCardinality(relations: unknown): object {
  const entries = Object.entries(isPlainObject(relations) ? relations : {});
  return Object.fromEntries(
    entries.map(([key, value]) => [key, { many: false, required: false, ...(value as object) }]),
  );
}
