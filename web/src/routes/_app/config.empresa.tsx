import { createFileRoute } from '@tanstack/react-router';
import { CompanyPage } from '@/modules/settings/CompanyPage';

export const Route = createFileRoute('/_app/config/empresa')({ component: CompanyPage });
