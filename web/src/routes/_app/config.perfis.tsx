import { createFileRoute } from '@tanstack/react-router';
import { RolesPage } from '@/modules/settings/RolesPage';

export const Route = createFileRoute('/_app/config/perfis')({ component: RolesPage });
