import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A value nobody can read without the key of this id. */
export interface Sealed {
  readonly keyId: string;
  readonly nonce: Buffer;
  /** The ciphertext, and behind it the tag that proves it whole. */
  readonly sealed: Buffer;
}

/** Where a sealed value belongs: moved to another name, or brought back after a newer one, it no longer opens. */
export interface Place {
  readonly name: string;
  readonly version: number;
}

/** The keys at hand: the first one seals, each of them opens what it has sealed. */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, Buffer>;
  /** Id of the key that seals. */
  readonly current: string;

  constructor(keys: readonly Buffer[]) {
    const [first] = keys;
    if (!first) throw new Error('A key ring holds at least one key.');
    this.current = idOf(first);
    this.#keys = new Map(keys.map((key) => [idOf(key), key]));
  }

  has(keyId: string): boolean {
    return this.#keys.has(keyId);
  }

  seal(value: string, place: Place): Sealed {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key(this.current), nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(bytesOf(place));
    const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return { keyId: this.current, nonce, sealed };
  }

  /** @throws when the key is not at hand (ask `has` before), and when anything of value or place is not as it was sealed */
  open({ keyId, nonce, sealed }: Sealed, place: Place): string {
    const decipher = createDecipheriv(ALGORITHM, this.#key(keyId), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(bytesOf(place));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
  }

  #key(id: string): Buffer {
    const key = this.#keys.get(id);
    if (!key) throw new Error(`Key ${id} is not on the ring.`);
    return key;
  }
}

/** Names a key without telling anything of it. */
function idOf(key: Buffer): string {
  return createHash('sha256').update('gantry secrets key\0').update(key).digest('hex').slice(0, 16);
}

const bytesOf = ({ name, version }: Place) => Buffer.from(JSON.stringify(['gantry secret', name, version]));
