import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './data/query-client.ts';
import { createAppRouter } from './router.tsx';
import { UiProvider } from './ui/provider.tsx';

const queryClient = createQueryClient();
const router = createAppRouter(queryClient);
const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root to draw into.');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <UiProvider>
        <RouterProvider router={router} />
      </UiProvider>
    </QueryClientProvider>
  </StrictMode>,
);
