import { usePreference } from '../../data/preferences.ts';

/** Whether a person wants the row of distributions and averages under their tables. */
export function useSummaryRow() {
  return usePreference<boolean>('catalog.summary', (stored) => stored !== false);
}
