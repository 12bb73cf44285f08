import { usePreference } from '../../data/preferences.ts';
import { parseViewSearch, savedPart, type ViewSearch } from './view.ts';

/** A named way of looking at a blueprint's entities, kept for the person who saved it. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly search: ViewSearch;
}

function parseViews(stored: unknown): SavedView[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((item: unknown): SavedView[] => {
    if (typeof item !== 'object' || item === null) return [];
    const { id, name, search } = item as Record<string, unknown>;
    if (typeof id !== 'string' || typeof name !== 'string' || typeof search !== 'object' || search === null) return [];
    return [{ id, name, search: savedPart(parseViewSearch(search as Record<string, unknown>)) }];
  });
}

export function useSavedViews(blueprint: string) {
  return usePreference(`catalog.views.${blueprint}`, parseViews);
}

const parseText = (stored: unknown): string | undefined =>
  typeof stored === 'string' && stored !== '' ? stored : undefined;

/** The columns a person keeps as their default for a blueprint, as the URL writes them. */
export function useOwnColumns(blueprint: string) {
  return usePreference<string | undefined>(`catalog.columns.${blueprint}`, parseText);
}

/** True when what is shown is what the view says. */
export function isUnchanged(view: SavedView, search: ViewSearch): boolean {
  return JSON.stringify(sorted(savedPart(search))) === JSON.stringify(sorted(view.search));
}

function sorted(search: ViewSearch): [string, unknown][] {
  return Object.entries(search).sort(([one], [other]) => one.localeCompare(other));
}
