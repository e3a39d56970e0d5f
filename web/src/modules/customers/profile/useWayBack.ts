import { useTranslation } from 'react-i18next';
import { lastList } from '@/lib/lastList';

/** Back to the list as it was left. */
export function useWayBack() {
  const { t } = useTranslation();
  return { label: t('customers.title'), to: '/clientes', search: lastList('contact') };
}
