import { createFileRoute } from '@tanstack/react-router';
import { TeamsPage } from '@/modules/settings/TeamsPage';

export const Route = createFileRoute('/_app/config/equipes')({ component: TeamsPage });
