import { createFileRoute } from '@tanstack/react-router';
import { TagsPage } from '@/modules/settings/TagsPage';

export const Route = createFileRoute('/_app/config/etiquetas')({ component: TagsPage });
