import { createFileRoute } from '@tanstack/react-router';
import { SettingsLayout } from '@/app/SettingsLayout';

export const Route = createFileRoute('/_app/config')({ component: SettingsLayout });
