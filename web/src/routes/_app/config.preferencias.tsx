import { createFileRoute } from '@tanstack/react-router';
import { PreferencesPage } from '@/modules/settings/PreferencesPage';

export const Route = createFileRoute('/_app/config/preferencias')({ component: PreferencesPage });
