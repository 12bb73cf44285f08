import { type KindName, kindOf, type Property } from '@gantry/core';
import { boolean } from './boolean.tsx';
import { email } from './email.tsx';
import { enumeration } from './enumeration.tsx';
import type { KindLook } from './kind.ts';
import { labeledUrl } from './labeled-url.tsx';
import { code, markdown, object } from './long-text.tsx';
import { dateTime, timer } from './moment.tsx';
import { number } from './number.tsx';
import { team, user } from './person.tsx';
import { ip, text } from './text.tsx';
import { embeddedUrl, url } from './url.tsx';

/** How a single value of each kind looks; typed by core's list, so a new kind cannot be forgotten here. */
const looks: Readonly<Record<Exclude<KindName, 'array'>, () => KindLook>> = {
  string: () => text,
  url: () => url,
  email: () => email,
  'idn-email': () => email,
  ipv4: () => ip,
  ipv6: () => ip,
  'date-time': () => dateTime,
  timer: () => timer,
  user: () => user,
  team: () => team,
  blueprints: () => text,
  markdown: () => markdown,
  yaml: () => code,
  proto: () => code,
  'embedded-url': () => embeddedUrl,
  'open-api': () => code,
  'async-api': () => code,
  number: () => number,
  boolean: () => boolean,
  object: () => object,
  'labeled-url': () => labeledUrl,
  enum: () => enumeration,
};

/** The look of a single value; undefined for lists. Listed members make an enumeration, whatever the format says. */
export function lookOfOne(property: Property): KindLook | undefined {
  if (property.enum && (property.type === 'string' || property.type === 'number')) return enumeration;
  const kind = kindOf(property);
  return kind === 'array' ? undefined : looks[kind]();
}
