import type { BackstageEntity } from '../entity/backstage-entity.ts';
import { isScriptUrl, isWebUrl } from './location-ref.ts';
import type { IngestReader, Unreadable } from './reader.ts';

/** One target a Location names, made absolute: or why it leads nowhere. */
export interface LocationTarget {
  /** As written. */
  readonly written: string;
  /** Path of the field inside the document. */
  readonly path: readonly (string | number)[];
  readonly optional: boolean;
  readonly targets: readonly string[];
  readonly failure?: Unreadable;
}

/**
 * What a Location entity points at. Patterns are expanded here. `type` follows the file the Location was read from when
 * it says nothing; a Location that came over the network cannot send the reader to local files.
 */
export async function locationTargets(
  entity: BackstageEntity,
  file: string,
  reader: IngestReader,
): Promise<LocationTarget[]> {
  const spec = entity.spec ?? {};
  const optional = spec.presence === 'optional';
  const written: { text: string; path: (string | number)[] }[] = [];
  if (typeof spec.target === 'string') written.push({ text: spec.target, path: ['spec', 'target'] });
  for (const [position, text] of (Array.isArray(spec.targets) ? spec.targets : []).entries()) {
    written.push({ text: String(text), path: ['spec', 'targets', position] });
  }
  return Promise.all(
    written.map(async ({ text, path }) => {
      const found = refusalOfType(spec.type, file) ?? (await expand(text, file, reader));
      const common = { written: text, path, optional };
      return found.ok ? { ...common, targets: found.targets } : { ...common, targets: [], failure: found };
    }),
  );
}

type Expanded = { ok: true; targets: readonly string[] } | Unreadable;

async function expand(written: string, file: string, reader: IngestReader): Promise<Expanded> {
  if (isScriptUrl(written)) return refuse(`${written} is a script, not an address`, 'Name a file.');
  if (/[/\\]$/.test(written) && !isWebUrl(written)) {
    return refuse(`${written} is a folder`, 'Name a file in it, or a pattern such as ./**/catalog-info.yaml.');
  }
  const resolved = reader.resolve(file, written);
  if (!resolved.ok) return resolved;
  if (!written.includes('*')) return { ok: true, targets: [resolved.target] };

  const matches = await reader.glob(resolved.target);
  if (matches.ok && matches.targets.length === 0) {
    return { ok: false, reason: 'absent', message: 'no file matches the pattern', remedy: REMOVE };
  }
  return matches;
}

const REMOVE = 'Correct or remove the target, or set presence: optional.';

function refusalOfType(type: unknown, file: string): Unreadable | undefined {
  if (type === undefined || type === 'url') return undefined;
  if (type !== 'file') return refuse(`nothing here reads locations of type ${type}`, 'Use type url or file.');
  if (!isWebUrl(file)) return undefined;
  return refuse('a Location read over the network cannot point at local files', 'Remove the type, or set it to url.');
}

function refuse(message: string, remedy: string): Unreadable {
  return { ok: false, reason: 'refused', message, remedy };
}
