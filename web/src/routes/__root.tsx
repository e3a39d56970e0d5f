import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext } from '@tanstack/react-router';
import { PageFailure, PageMissing } from '@/app/PageStates';

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  errorComponent: PageFailure,
  notFoundComponent: PageMissing,
});
