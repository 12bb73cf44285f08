import { lazy, Suspense } from 'react';
import { Skeleton } from './states.tsx';

const MarkdownBody = lazy(async () => ({ default: (await import('./markdown-body.tsx')).MarkdownBody }));

/** Markdown as people wrote it, made safe; the renderer is loaded when first needed. */
export function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<Skeleton />}>
      <MarkdownBody text={text} />
    </Suspense>
  );
}
