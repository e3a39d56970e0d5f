import { createFileRoute } from '@tanstack/react-router';
import { FieldsPage } from '@/modules/settings/FieldsPage';

export const Route = createFileRoute('/_app/config/campos')({ component: FieldsPage });
