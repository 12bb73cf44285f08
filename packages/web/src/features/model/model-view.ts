export type ModelView = 'canvas' | 'list';

/** A canvas has no room on a phone: there the list comes first, and the canvas when it is asked for. */
export function modelView(asked: string | undefined, isNarrow: boolean): ModelView {
  if (asked === 'canvas' || asked === 'list') return asked;
  return isNarrow ? 'list' : 'canvas';
}
