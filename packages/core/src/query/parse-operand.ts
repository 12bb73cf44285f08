import { isPlainObject } from '../json.ts';
import { didYouMean } from '../nearest.ts';
import { joinPath, type Problem } from '../problem.ts';
import { isMetaProperty, metaProperties } from '../property/meta.ts';
import { isStorableText } from '../property/storable.ts';
import { accepted, type Result, refused } from '../result.ts';
import { parseContextRef } from './parse-value.ts';
import type { ParsedRule, PathOperand, PathStep } from './parsed-query.ts';

type Input = Readonly<Record<string, unknown>>;
export type AnyOperand = ParsedRule['operand'];

/** How often one step of a path may be repeated. */
const MAX_HOPS = 15;
/** How many steps a path may have. */
const MAX_STEPS = 20;

/** What a rule looks at, in all the forms of port-api.md §5.5 and §5.6. */
export function parseOperand(rule: Input, path: string): Result<AnyOperand> {
  if (rule.property !== undefined) return parseProperty(rule.property, joinPath(path, 'property'));
  if (rule.relation !== undefined) return parseRelation(rule, path);
  if (rule.scorecard !== undefined) return parseScorecard(rule, path);
  if (rule.propertySchema !== undefined) return parseSchema(rule.propertySchema, joinPath(path, 'propertySchema'));
  const message = 'looks at nothing: it has no `property`, `relation`, `scorecard` or `propertySchema`';
  return refused([{ path, message }]);
}

function parseProperty(property: unknown, path: string): Result<AnyOperand> {
  if (isPlainObject(property)) {
    if ('path' in property) return parsePath(property, path);
    const ref = parseContextRef(property, path);
    return ref.ok ? accepted({ kind: 'context', ...ref.value }) : ref;
  }
  if (!isName(property)) return refused([{ path, message: 'must be the key of a property, or an object with `path`' }]);
  if (!property.startsWith('$')) return accepted({ kind: 'own', key: property });
  if (property === '$owned_by_team') return accepted({ kind: 'ownedByTeam' });
  if (isMetaProperty(property)) return accepted({ kind: 'meta', name: property });
  const message = `\`${property.slice(0, 40)}\` is not a meta property`;
  const hint = didYouMean(property, metaProperties);
  return refused([{ path, message, remedy: hint.remedy ?? `There are ${metaProperties.join(', ')}.` }]);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 1000 && isStorableText(value);
}

function parseRelation(rule: Input, path: string): Result<AnyOperand> {
  const { relation, targetProperty = '$identifier' } = rule;
  const problems: Problem[] = [];
  if (!isName(relation)) problems.push({ path: joinPath(path, 'relation'), message: 'must be the key of a relation' });
  if (targetProperty !== '$identifier' && targetProperty !== '$title') {
    problems.push({
      path: joinPath(path, 'targetProperty'),
      message: 'must be `$identifier` or `$title`',
      remedy: 'Declare a mirror property to filter by another property of the related entity.',
    });
    return refused(problems);
  }
  return isName(relation) ? accepted({ kind: 'relation', relation, target: targetProperty }) : refused(problems);
}

function parseScorecard(rule: Input, path: string): Result<AnyOperand> {
  const { scorecard, scorecardRule } = rule;
  const problems: Problem[] = [];
  if (!isName(scorecard)) problems.push({ path: joinPath(path, 'scorecard'), message: 'must name a scorecard' });
  if (scorecardRule !== undefined && !isName(scorecardRule)) {
    problems.push({ path: joinPath(path, 'scorecardRule'), message: 'must name a rule of the scorecard' });
  }
  if (problems.length > 0 || !isName(scorecard)) return refused(problems);
  return accepted({ kind: 'scorecard', scorecard, ...(isName(scorecardRule) && { rule: scorecardRule }) });
}

function parseSchema(schema: unknown, path: string): Result<AnyOperand> {
  if (!isPlainObject(schema)) return refused([{ path, message: 'must be an object like {"type": "string"}' }]);
  const { type, format } = schema;
  const problems: Problem[] = [];
  if (!isName(type)) problems.push({ path: joinPath(path, 'type'), message: 'must name a type of property' });
  if (format !== undefined && !isName(format))
    problems.push({ path: joinPath(path, 'format'), message: 'must be a text' });
  if (problems.length > 0 || !isName(type)) return refused(problems);
  return accepted({ kind: 'schema', schema: { type, ...(isName(format) && { format }) } });
}

function parsePath(input: Input, path: string): Result<PathOperand> {
  const { path: steps, fromBlueprint } = input;
  const at = joinPath(path, 'path');
  if (!Array.isArray(steps) || steps.length === 0 || steps.length > MAX_STEPS) {
    return refused([{ path: at, message: `must be a list of 1 to ${MAX_STEPS} relations` }]);
  }
  const parsed = steps.map((step, index) => parseStep(step, joinPath(at, index)));
  const problems = parsed.flatMap((step) => (step.ok ? [] : step.problems));
  const sound = parsed.flatMap((step) => (step.ok ? [step.value] : []));
  if (sound.filter((step) => step.maxHops > 1).length > 1) {
    problems.push({ path: at, message: 'may repeat only one of its relations with `maxHops`' });
  }
  if (fromBlueprint !== undefined && !isName(fromBlueprint)) {
    problems.push({ path: joinPath(path, 'fromBlueprint'), message: 'must name a blueprint' });
  }
  if (problems.length > 0) return refused(problems);
  return accepted({ kind: 'path', steps: sound, ...(isName(fromBlueprint) && { fromBlueprint }) });
}

function parseStep(step: unknown, path: string): Result<PathStep> {
  if (isName(step)) return accepted({ relation: step, maxHops: 1 });
  const { relation, maxHops = 1 } = isPlainObject(step) ? step : {};
  if (!isName(relation)) {
    return refused([{ path, message: 'must be the key of a relation, or {"relation": "…", "maxHops": 3}' }]);
  }
  if (typeof maxHops !== 'number' || !Number.isInteger(maxHops) || maxHops < 1 || maxHops > MAX_HOPS) {
    return refused([{ path: joinPath(path, 'maxHops'), message: `must be a whole number from 1 to ${MAX_HOPS}` }]);
  }
  return accepted({ relation, maxHops });
}
