import { useState } from 'react';
import { IconButton } from './button.tsx';
import { IconCheck, IconCopy } from './icons.ts';

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <>
      <IconButton label={copied ? 'Copied' : label} size="compact" onClick={() => void copy()}>
        {copied ? <IconCheck size={16} /> : <IconCopy size={16} stroke={1.5} />}
      </IconButton>
      <span className="visually-hidden" role="status">
        {copied ? 'Copied' : ''}
      </span>
    </>
  );
}
