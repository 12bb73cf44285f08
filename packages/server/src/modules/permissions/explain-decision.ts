import type { QueryOf, explainDecision as route } from '@gantry/contract';
import {
  type Actor,
  type EntityQuestion,
  explain,
  grantedMeta,
  isAlmighty,
  propertyKeys,
  questionOf,
  Refusal,
  refuseInvalid,
} from '@gantry/core';
import type { StoredBlueprint } from '../blueprints/index.ts';
import { findSubjects } from './find-subjects.ts';
import type { PermissionKit } from './kit.ts';

/**
 * Why somebody may or may not do something, told by the decision itself. Everybody may ask about themselves, and then
 * what they may not see is not there; administrators may ask about anybody.
 * @throws Refusal `forbidden`, `not_found`, `invalid_request`
 */
export async function explainDecision(kit: PermissionKit, caller: Actor, asked: QueryOf<typeof route>) {
  const actor = await actorAskedAbout(kit, caller, asked.actor);
  const model = await kit.memory.having(asked.blueprint);
  const blueprint = model.get(asked.blueprint);
  const question = readQuestion(blueprint, asked);
  const judgment = await kit.judgmentFor(kit.db, model, actor);
  const verdict = judgment.judge(blueprint).verdict(question);
  if (asked.entity === undefined) return told(actor, explain(actor, blueprint.identifier, verdict, null));
  const [subject] = await findSubjects(kit.db, blueprint, [asked.entity]);
  const findings = await judgment.examine(kit.db, subject ? [subject] : []);
  const isThere = subject && (isAlmighty(caller) || findings.allows(subject, { action: 'read' }));
  if (!isThere) throw new Refusal('not_found', `There is no ${blueprint.identifier} \`${asked.entity}\`.`);
  return told(actor, explain(actor, blueprint.identifier, verdict, findings.holdsFor(subject)));
}

const told = <T>({ label }: Actor, explanation: T) => ({ actor: label, ...explanation });

async function actorAskedAbout(kit: PermissionKit, caller: Actor, email: string | undefined): Promise<Actor> {
  if (email === undefined || email.toLowerCase() === caller.label.toLowerCase()) return caller;
  if (!isAlmighty(caller)) {
    throw new Refusal(
      'forbidden',
      'Only administrators may ask about others. Leave `actor` out to ask about yourself.',
    );
  }
  const person = await kit.personCalled(email);
  if (person) return person;
  throw new Refusal('not_found', `Nobody called \`${email}\` can sign in. Check the e-mail address.`);
}

function readQuestion({ definition }: StoredBlueprint, asked: QueryOf<typeof route>): EntityQuestion {
  const path = asked.action.endsWith('Relation') ? 'relation' : 'property';
  const key = asked[path];
  const question = questionOf(asked.action, key);
  if (!question) throw refuseInvalid([{ path, message: `is missing: ${asked.action} is about one ${path}` }]);
  const known = path === 'relation' ? Object.keys(definition.relations) : [...propertyKeys(definition), ...grantedMeta];
  if (!('key' in question) || known.includes(question.key)) return question;
  throw refuseInvalid([{ path, message: `\`${question.key}\` is not a ${path} of ${definition.identifier}` }]);
}
