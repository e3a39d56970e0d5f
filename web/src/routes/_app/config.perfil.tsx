import { createFileRoute } from '@tanstack/react-router';
import { ProfilePage } from '@/modules/settings/ProfilePage';

export const Route = createFileRoute('/_app/config/perfil')({ component: ProfilePage });
