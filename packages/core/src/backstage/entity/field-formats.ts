/**
 * The formats Backstage holds the fields of every entity to. Each answers what it expects, so that a refusal can say
 * so. Lengths count UTF-16 units; all patterns are ASCII.
 */
export interface FieldFormat {
  readonly expects: string;
  test(value: unknown): boolean;
}

const matches = (value: unknown, pattern: RegExp, longest: number): value is string =>
  typeof value === 'string' && value.length <= longest && pattern.test(value);

const isDnsLabel = (value: string) => matches(value, /^[a-z0-9]+(?:-+[a-z0-9]+)*$/, 63);
const isDnsSubdomain = (value: string) => value.length <= 253 && value.split('.').every(isDnsLabel);
const isObjectName = (value: unknown) => matches(value, /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/, 63);

/** `suffix`, or `prefix/suffix` with a DNS name in front. */
function isPrefixed(value: unknown, isSuffix: (suffix: string) => boolean): boolean {
  if (typeof value !== 'string') return false;
  const [first = '', second, ...others] = value.split('/');
  if (second === undefined) return isSuffix(first);
  return others.length === 0 && isDnsSubdomain(first) && isSuffix(second);
}

const NAME = 'letters, digits and any of - _ . between them, 63 characters at most';
const KEY = `a key of ${NAME}, which may have a lower-case DNS name and a slash in front`;

export const fieldFormats = {
  apiVersion: {
    expects: 'letters and digits, usually after a lower-case DNS name and a slash (such as backstage.io/v1alpha1)',
    test: (value) => isPrefixed(value, (suffix) => matches(suffix, /^[a-z0-9A-Z]+$/, 63)),
  },
  kind: {
    expects: 'a letter followed by letters and digits, 63 characters at most',
    test: (value) => matches(value, /^[a-zA-Z][a-z0-9A-Z]*$/, 63),
  },
  name: { expects: NAME, test: isObjectName },
  namespace: {
    expects: 'lower-case letters and digits with single or repeated - between them, 63 characters at most',
    test: (value) => typeof value === 'string' && isDnsLabel(value),
  },
  key: { expects: KEY, test: (value) => isPrefixed(value, isObjectName) },
  labelValue: { expects: `empty, or ${NAME}`, test: (value) => value === '' || isObjectName(value) },
  tag: {
    expects: 'lower-case letters, digits and any of : + #, with single - between them, 63 characters at most',
    test: (value) => matches(value, /^[a-z0-9:+#]+(?:-[a-z0-9:+#]+)*$/, 63),
  },
  url: { expects: 'an absolute URL', test: (value) => typeof value === 'string' && URL.canParse(value) },
  visibleText: { expects: 'some text', test: (value) => typeof value === 'string' && value.trim() !== '' },
} satisfies Record<string, FieldFormat>;
