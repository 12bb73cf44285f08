import { type KindName, kindOf } from '@gantry/core';
import type { PropertyFact } from './entity-facts.ts';

export interface EntityLink {
  title: string;
  url: string;
  /** The property that holds it. */
  fact: PropertyFact;
}

/** Only addresses a browser may safely be sent to. */
export function safeUrl(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  return ['http:', 'https:', 'mailto:'].includes(new URL(value).protocol) ? value : undefined;
}

function textOf(record: Record<string, unknown>, ...keys: string[]): string | undefined {
  return keys.map((key) => record[key]).find((value) => typeof value === 'string' && value !== '') as
    | string
    | undefined;
}

type Address = Omit<EntityLink, 'fact'>;

function addressesIn(value: unknown, title: string): Address[] {
  if (Array.isArray(value)) return value.flatMap((entry) => addressesIn(entry, title));
  if (typeof value === 'object' && value !== null) {
    const record = value as Record<string, unknown>;
    const url = safeUrl(record.url);
    return url ? [{ title: textOf(record, 'displayText', 'title') ?? hostOf(url), url }] : [];
  }
  const url = safeUrl(value);
  return url ? [{ title, url }] : [];
}

function hostOf(url: string): string {
  const { host, pathname } = new URL(url);
  return host === '' ? url : `${host}${pathname === '/' ? '' : pathname}`;
}

/**
 * The addresses of a property that is nothing but addresses: a URL, a labelled one, a list of them, or a list of
 * `{url, title}` objects such as the links of a Backstage file. Empty for every other property.
 */
function linksOf(fact: PropertyFact): EntityLink[] {
  const { property, value, title } = fact;
  const values = [value ?? []].flat();
  const isLink = [property, property.items].some((definition) => linkKinds.has(kindOf(definition ?? {})));
  const isListOfObjects = Array.isArray(value) && values.every((entry) => typeof entry === 'object');
  if (!isLink && !isListOfObjects) return [];
  const found = addressesIn(value, title);
  return found.length === values.length ? found.map((link) => ({ ...link, fact })) : [];
}

const linkKinds: ReadonlySet<KindName> = new Set<KindName>(['url', 'labeled-url', 'embedded-url']);

/** Everything that leads elsewhere, each address once, and the properties that say something else. */
export function splitLinks(facts: readonly PropertyFact[]): { links: EntityLink[]; others: PropertyFact[] } {
  const links = facts.flatMap(linksOf);
  const holders = new Set(links.map(({ fact }) => fact));
  return {
    links: links.filter(({ url }, index) => links.findIndex((link) => link.url === url) === index),
    others: facts.filter((fact) => !holders.has(fact)),
  };
}
