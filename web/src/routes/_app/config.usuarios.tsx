import { createFileRoute } from '@tanstack/react-router';
import { UsersPage } from '@/modules/settings/UsersPage';

export const Route = createFileRoute('/_app/config/usuarios')({ component: UsersPage });
