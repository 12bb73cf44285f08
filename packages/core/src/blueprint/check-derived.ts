import { Type } from 'typebox';
import { isPlainObject } from '../json.ts';
import { didYouMean } from '../nearest.ts';
import { joinPath, type Problem, under } from '../problem.ts';
import { isMetaProperty } from '../property/meta.ts';
import { parseQuery } from '../query/parse-query.ts';
import { checkShape } from '../shape.ts';
import { AggregationProperty, CalculationProperty, MirrorProperty } from './blueprint.ts';
import { checkKey } from './check-key.ts';

/** A mirror looks along relations at one property of the entity at their end. */
export function checkMirror(definition: unknown, path: string): Problem[] {
  const problems = checkShape(MirrorProperty, definition, path);
  if (problems.length > 0) return problems;
  const at = joinPath(path, 'path');
  const names = (definition as MirrorProperty).path.split('.');
  const last = names.pop() ?? '';
  if (names.length === 0) {
    return [
      { path: at, message: 'must lead over a relation', remedy: 'Write `relation.property` or `relation.$title`.' },
    ];
  }
  const property = isMetaProperty(last) ? [] : checkKey(last, at);
  return [...names.flatMap((name) => checkKey(name, at)), ...property];
}

/** A calculation is stored as written: its program is compiled when it is first needed, as its data may not be there. */
export function checkCalculation(definition: unknown, path: string): Problem[] {
  return checkShape(CalculationProperty, definition, path);
}

const averageOf = Type.Enum(['hour', 'day', 'week', 'month', 'total']);
const measured = { averageOf: Type.Optional(averageOf), measureTimeBy: Type.Optional(Type.String({ minLength: 1 })) };
const property = Type.String({ minLength: 1 });

/** What may be computed from what. Source: port-api.md §3.6. */
const calculationSpecs = {
  entities: { count: Type.Object({}), average: Type.Object(measured) },
  property: {
    sum: Type.Object({ property }),
    min: Type.Object({ property }),
    max: Type.Object({ property }),
    median: Type.Object({ property }),
    average: Type.Object({ property, ...measured }),
  },
};

export function checkAggregation(definition: unknown, path: string): Problem[] {
  const problems = checkShape(AggregationProperty, definition, path);
  if (problems.length > 0) return problems;
  const aggregation = definition as AggregationProperty;
  return [
    ...checkCalculationSpec(aggregation.calculationSpec, joinPath(path, 'calculationSpec')),
    ...checkQuery(aggregation.query, joinPath(path, 'query')),
    ...(aggregation.pathFilter ?? []).flatMap((filter, index) =>
      checkPathFilter(filter, joinPath(path, `pathFilter.${index}`)),
    ),
  ];
}

function checkCalculationSpec(spec: AggregationProperty['calculationSpec'], path: string): Problem[] {
  const shapes = new Map(Object.entries(calculationSpecs[spec.calculationBy]));
  const shape = shapes.get(spec.func);
  if (shape) return checkShape(shape, spec, path);
  const names = [...shapes.keys()].join(', ');
  const message = `\`${spec.func.slice(0, 40)}\` cannot be calculated by ${spec.calculationBy}`;
  return [{ path: joinPath(path, 'func'), message, remedy: `Use one of ${names}.` }];
}

function checkQuery(query: unknown, path: string): Problem[] {
  const parsed = parseQuery(query);
  return parsed.ok ? [] : under(path, parsed.problems);
}

function checkPathFilter(filter: unknown, path: string): Problem[] {
  const names = isPlainObject(filter) ? filter.path : undefined;
  const areNames = Array.isArray(names) && names.length > 0 && names.every((name) => typeof name === 'string');
  if (!areNames) return [{ path: joinPath(path, 'path'), message: 'must be a list of relations' }];
  const from = isPlainObject(filter) ? filter.fromBlueprint : undefined;
  if (from === undefined || (typeof from === 'string' && from !== '')) return [];
  return [{ path: joinPath(path, 'fromBlueprint'), message: 'must name a blueprint' }];
}

/** The first step of a path of relations must be one of `keys`; later steps belong to other blueprints. */
export function checkRelationPath(path: string, keys: readonly string[]): Problem[] {
  const [first = ''] = path.split('.');
  if (keys.includes(first)) return [];
  return [{ path: '', message: `\`${first}\` is not a relation of this blueprint`, ...didYouMean(first, keys) }];
}
