import { LabeledUrlInput } from './inputs/index.ts';
import type { CellProps, KindLook } from './kind.ts';
import { OutLink } from './url.tsx';

export function LabeledUrlCell({ value }: CellProps) {
  const { url, displayText } = value as { url?: unknown; displayText?: unknown };
  if (typeof url !== 'string') return null;
  return <OutLink url={url}>{typeof displayText === 'string' && displayText ? displayText : url}</OutLink>;
}

export const labeledUrl: KindLook = {
  Cell: LabeledUrlCell,
  Input: LabeledUrlInput,
  filter: 'presence',
  width: 200,
  unsortable: true,
};
