import { createFileRoute } from '@tanstack/react-router';
import { PageMissing } from '@/app/PageStates';

// Whatever nobody else answers to: told inside the shell, with the way back beside it.
export const Route = createFileRoute('/_app/$')({ component: PageMissing });
