import { createFileRoute } from '@tanstack/react-router';
import { InboxPage } from '@/modules';

export const Route = createFileRoute('/_app/notificacoes')({ component: InboxPage });
