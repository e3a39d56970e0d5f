import { createFileRoute } from '@tanstack/react-router';
import { ImportsPage } from '@/modules/settings/ImportsPage';

export const Route = createFileRoute('/_app/config/importacoes')({ component: ImportsPage });
