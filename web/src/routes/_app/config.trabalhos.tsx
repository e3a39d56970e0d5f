import { createFileRoute } from '@tanstack/react-router';
import { JobsPage } from '@/modules/settings/JobsPage';

export const Route = createFileRoute('/_app/config/trabalhos')({ component: JobsPage });
