import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext } from '@tanstack/react-router';
import { PageMissing, ProgramFailure } from '@/app/PageStates';

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  errorComponent: ProgramFailure,
  notFoundComponent: PageMissing,
});
