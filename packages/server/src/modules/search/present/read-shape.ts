import { isSet, namesOf } from '@gantry/contract';

/** How a reader wants entities, from the query parameters and the body together. See core's `Presentation`. */
export interface ReadShape {
  /** Names of parts; null means everything. */
  readonly include: ReadonlySet<string> | null;
  readonly exclude: ReadonlySet<string>;
  /** Whether values of mirror, calculation and aggregation properties are among the properties. */
  readonly derived: boolean;
  /** Relations read as `{identifier, title}`. */
  readonly relationTitles: boolean;
  /** Mirrors of a title read as `{identifier, title}` of the entity it is the title of. */
  readonly titleMirrors: boolean;
}

type Names = string | string[] | undefined;

export interface ReadQuery {
  readonly include?: Names;
  readonly exclude?: Names;
  readonly exclude_calculated_properties?: string | undefined;
  readonly attach_title_to_relation?: string | undefined;
  readonly attach_identifier_to_title_mirror_properties?: string | undefined;
}

/** Everything there is to an entity: the shape itself, of every read that asks for no other. */
export const wholeEntity: ReadShape = {
  include: null,
  exclude: new Set(),
  derived: true,
  relationTitles: false,
  titleMirrors: false,
};

/** Names in the body count together with those in the URL. */
export function readShapeOf(query: ReadQuery, body: { include?: Names; exclude?: Names } = {}): ReadShape {
  const include = [...namesOf(query.include), ...namesOf(body.include)];
  const exclude = [...namesOf(query.exclude), ...namesOf(body.exclude)];
  const shape: ReadShape = {
    include: include.length > 0 ? new Set(include) : null,
    exclude: new Set(exclude),
    derived: !isSet(query.exclude_calculated_properties),
    relationTitles: isSet(query.attach_title_to_relation),
    titleMirrors: isSet(query.attach_identifier_to_title_mirror_properties),
  };
  const isWhole =
    include.length + exclude.length === 0 && shape.derived && !shape.relationTitles && !shape.titleMirrors;
  return isWhole ? wholeEntity : shape;
}

/** Whether a part of the entity itself is wanted, such as `team`. */
export function wantsPart({ include, exclude }: ReadShape, name: string): boolean {
  return (include === null || include.has(name)) && !exclude.has(name);
}

/**
 * Which members of a section (`properties`, `relations`) are wanted; null when the section is to be left out, as it is
 * when nothing of it was asked for.
 */
export function wantedMembers(shape: ReadShape, section: string, keys: readonly string[]): readonly string[] | null {
  if (shape.exclude.has(section)) return null;
  const isWhole = shape.include === null || shape.include.has(section);
  const included = isWhole ? keys : keys.filter((key) => shape.include?.has(`${section}.${key}`));
  if (!isWhole && included.length === 0) return null;
  return included.filter((key) => !shape.exclude.has(`${section}.${key}`));
}
