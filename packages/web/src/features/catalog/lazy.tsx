import { lazy, Suspense } from 'react';
import type { DeleteDialogProps } from './delete-dialog.tsx';
import type { FilterPanelProps } from './filter/filter-panel.tsx';
import type { PreviewProps } from './preview.tsx';

/** What the page opens only when asked: its code is not in the way of the first rows. */
const LazyPreview = lazy(async () => ({ default: (await import('./preview.tsx')).Preview }));
const LazyFilterPanel = lazy(async () => ({ default: (await import('./filter/filter-panel.tsx')).FilterPanel }));
const LazyDeleteDialog = lazy(async () => ({ default: (await import('./delete-dialog.tsx')).DeleteDialog }));

export const Preview = (props: PreviewProps) => (
  <Suspense>
    <LazyPreview {...props} />
  </Suspense>
);
export const FilterPanel = (props: FilterPanelProps) => (
  <Suspense>
    <LazyFilterPanel {...props} />
  </Suspense>
);
export const DeleteDialog = (props: DeleteDialogProps) => (
  <Suspense>
    <LazyDeleteDialog {...props} />
  </Suspense>
);
