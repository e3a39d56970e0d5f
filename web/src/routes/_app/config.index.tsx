import { createFileRoute, redirect } from '@tanstack/react-router';
import { OWN_SETTINGS } from '@/lib/addresses';

// On a phone the list of pages is a page; beside it there is room for the first one.
export const Route = createFileRoute('/_app/config/')({
  beforeLoad: () => {
    if (!window.matchMedia('(max-width: 760px)').matches) {
      throw redirect({ to: OWN_SETTINGS, replace: true });
    }
  },
});
