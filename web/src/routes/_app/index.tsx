import { createFileRoute } from '@tanstack/react-router';
import { HomePage } from '@/app/home/HomePage';

export const Route = createFileRoute('/_app/')({
  loader: async () => {
    const { homeParts } = await import('@/app/home/parts');
    await homeParts();
  },
  component: HomePage,
});
