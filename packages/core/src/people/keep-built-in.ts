import type { EntityContent } from '../entity/entity.ts';
import type { Problem } from '../problem.ts';
import { normalEmail } from './person.ts';

/**
 * What a write makes of a person or a team, with what is not for writers to say as it was: the size of a team follows
 * its members. Entities of other blueprints are left alone.
 */
export function keepBuiltIn(blueprint: string, content: EntityContent, before: EntityContent | null): EntityContent {
  if (blueprint !== '_team') return content;
  return { ...content, properties: { ...content.properties, size: before?.properties.size ?? 0 } };
}

/** What is wrong with the name a write gives to a person: a second spelling of an address would be a second person. */
export function checkPersonName(blueprint: string, content: EntityContent, before: EntityContent | null): Problem[] {
  const { identifier } = content;
  const isSame = before?.identifier === identifier || normalEmail(identifier) === identifier;
  if (blueprint !== '_user' || isSame) return [];
  const remedy = `write \`${normalEmail(identifier)}\``;
  return [{ path: 'identifier', message: 'people are named in small letters', remedy }];
}
