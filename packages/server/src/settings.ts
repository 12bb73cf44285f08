/** A value that cannot be used: what is wrong with it, and what to write instead. */
export class BadValue extends Error {
  readonly remedy: string;

  constructor(reason: string, remedy: string) {
    super(reason);
    this.remedy = remedy;
  }
}

/** One thing a person may set: by environment variable, or at `path` in gantry.yaml. The environment wins. */
export interface Setting<T> {
  readonly env: string;
  /** Dotted path in gantry.yaml. */
  readonly path: string;
  /** What applies when nothing is set, in the words of the guide. */
  readonly byDefault: string;
  readonly sentence: string;
  readonly fallback: T;
  /** Reads a string (environment) or any YAML value. @throws BadValue */
  readonly read: (value: unknown) => T;
}

/** Text that is not blank. */
export function text(value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') {
    throw new BadValue('is not a text', 'write a non-empty text, in quotes if YAML takes it for something else');
  }
  return value.trim();
}

/** A whole number within bounds, both included. */
export function wholeNumber(from: number, to: number): (value: unknown) => number {
  return (value) => {
    const number = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number) || number < from || number > to) {
      throw new BadValue('is not a whole number in range', `write a whole number from ${from} to ${to}`);
    }
    return number;
  };
}

/** One of a closed list of words. */
export function oneOf<const Word extends string>(...words: Word[]): (value: unknown) => Word {
  return (value) => {
    const found = words.find((word) => word === value);
    if (found === undefined) throw new BadValue('is not a known choice', `write one of ${words.join(', ')}`);
    return found;
  };
}

/** A list of texts; in the environment, separated by commas. */
export function listOfTexts(value: unknown): readonly string[] {
  const parts = typeof value === 'string' ? value.split(',').filter((part) => part.trim() !== '') : value;
  if (!Array.isArray(parts))
    throw new BadValue('is not a list', 'write a list of texts (with commas in the environment)');
  return parts.map(text);
}

/** An absolute URL with one of the given schemes, without a slash at its end. */
export function url(example: string, ...schemes: string[]): (value: unknown) => string {
  return (value) => {
    const parsed = typeof value === 'string' ? URL.parse(value.trim()) : null;
    if (!parsed || !schemes.includes(parsed.protocol.slice(0, -1))) {
      throw new BadValue('is not a usable URL', `write one like ${example}`);
    }
    return text(value).replace(/\/+$/, '');
  };
}

/** An email address, as far as one can tell without sending to it. */
export function email(value: unknown): string {
  const address = text(value);
  if (!/^[^\s@]+@[^\s@]+$/.test(address))
    throw new BadValue('is not an email address', 'write one like ada@example.com');
  return address.toLowerCase();
}

const KEY_BYTES = 32;

/** Keys of 256 bits, in base64 or hexadecimal, with commas or line ends between; `#` begins a comment. At least one. */
export function encryptionKeys(value: unknown): readonly Buffer[] {
  const lines = typeof value === 'string' ? value.replaceAll(/#.*$/gm, '').split(/[\s,]+/) : [];
  const words = lines.filter((word) => word !== '');
  const keys = words.map((word) => Buffer.from(word, /^[0-9a-f]{64}$/i.test(word) ? 'hex' : 'base64'));
  if (keys.length > 0 && keys.every((key) => key.length === KEY_BYTES)) return keys;
  throw new BadValue(
    'holds no keys of 256 bits',
    'write each as 32 bytes in base64, for example from `openssl rand -base64 32`, the one to encrypt with first',
  );
}
