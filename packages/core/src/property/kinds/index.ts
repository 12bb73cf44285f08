import { type Kind, type KindHint, type KindName, kindOf } from '../kind.ts';
import { apiDescription } from './api-description.ts';
import { arrayKind } from './array.ts';
import { boolean } from './boolean.ts';
import { enumeration } from './enum.ts';
import { dateTimeFormat, emailFormat, idnEmailFormat, ipv4Format, ipv6Format, urlFormat } from './formats.ts';
import { labeledUrl } from './labeled-url.ts';
import { number } from './number.ts';
import { object } from './object.ts';
import { textKind } from './text.ts';

const anyText = textKind();
const url = textKind(urlFormat);
const moment = textKind(dateTimeFormat, 'instant');

/**
 * The table of kinds. References (`user`, `team`, `blueprints`) are any text: exporters send log-ins and display names
 * where an e-mail is meant, and a reference to somebody unknown is still worth showing. Languages (`markdown`, `yaml`,
 * `proto`) are stored as written.
 */
export const kinds = {
  string: anyText,
  url,
  email: textKind(emailFormat),
  'idn-email': textKind(idnEmailFormat),
  ipv4: textKind(ipv4Format),
  ipv6: textKind(ipv6Format),
  'date-time': moment,
  timer: moment,
  user: anyText,
  team: anyText,
  blueprints: anyText,
  markdown: anyText,
  yaml: anyText,
  proto: anyText,
  'embedded-url': url,
  'open-api': apiDescription,
  'async-api': apiDescription,
  number,
  boolean,
  object,
  'labeled-url': labeledUrl,
  array: arrayKind(kindFor),
  enum: enumeration,
} satisfies Record<KindName, Kind>;

function kindFor(hint: KindHint): Kind {
  return kinds[kindOf(hint)];
}
