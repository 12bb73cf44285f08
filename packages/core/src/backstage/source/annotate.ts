import { isPlainObject } from '../../json.ts';
import { isScriptUrl } from './location-ref.ts';
import { editUrlOf, folderUrlOf } from './scm-url.ts';

export const annotations = {
  location: 'backstage.io/managed-by-location',
  origin: 'backstage.io/managed-by-origin-location',
  view: 'backstage.io/view-url',
  edit: 'backstage.io/edit-url',
  source: 'backstage.io/source-location',
} as const;

const INERT = 'about:blank';

/**
 * Writes into a document where it was read and which root led there (both always ours to say), and what follows from a
 * URL when the author has not said it: where to view, where to edit, where the source lies. Documents without a usable
 * `metadata` come back as they are; validation has the word on those.
 */
export function annotate(document: Record<string, unknown>, location: string, origin: string): Record<string, unknown> {
  const { metadata } = document;
  if (!isPlainObject(metadata)) return document;
  // An `annotations:` with nothing behind it, and whatever else counts as nothing, is none.
  const written = metadata.annotations || {};
  if (!isPlainObject(written)) return document;
  const all = {
    ...derived(location),
    ...withoutScripts(written),
    [annotations.location]: location,
    [annotations.origin]: origin,
  };
  return { ...document, metadata: { ...metadata, annotations: all } };
}

function derived(location: string): Record<string, string> {
  if (!location.startsWith('url:')) return {};
  const url = location.slice('url:'.length);
  const edit = editUrlOf(url);
  const folder = folderUrlOf(url);
  return {
    [annotations.view]: url,
    ...(edit ? { [annotations.edit]: edit } : {}),
    ...(folder ? { [annotations.source]: `url:${folder}` } : {}),
  };
}

function withoutScripts(written: Record<string, unknown>): Record<string, unknown> {
  const links: string[] = [annotations.view, annotations.edit];
  return Object.fromEntries(
    Object.entries(written).map(([key, value]) => [
      key,
      links.includes(key) && typeof value === 'string' && isScriptUrl(value) ? INERT : value,
    ]),
  );
}
