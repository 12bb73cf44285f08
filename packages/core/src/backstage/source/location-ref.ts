/** A place to read from: `url:https://…`, `file:…`. */
export interface LocationRef {
  type: string;
  target: string;
}

export function stringifyLocationRef({ type, target }: LocationRef): string {
  return `${type}:${target}`;
}

/** Splits `type:target` at the first colon. Throws a TypeError for text that is not of that form. */
export function parseLocationRef(ref: string): LocationRef {
  const colon = ref.indexOf(':');
  const type = ref.slice(0, Math.max(colon, 0)).trim();
  const target = ref.slice(colon + 1).trim();
  if (!type || !target) {
    throw new TypeError(`"${ref}" is not a location; write type:target, for instance url:https://host/path`);
  }
  if (type === 'http' || type === 'https') throw new TypeError(`"${ref}" needs its type in front: url:${ref}`);
  return { type, target };
}

/** Browsers pass over white space and control characters in a scheme, so they are passed over here. */
export function isScriptUrl(text: string): boolean {
  return text
    .replaceAll(/[\s\p{Cc}]/gu, '')
    .toLowerCase()
    .startsWith('javascript:');
}

export function isWebUrl(text: string): boolean {
  return /^https?:\/\//i.test(text);
}
