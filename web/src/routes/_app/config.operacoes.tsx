import { createFileRoute } from '@tanstack/react-router';
import { OperationsPage } from '@/modules/settings/OperationsPage';

export const Route = createFileRoute('/_app/config/operacoes')({ component: OperationsPage });
