import { useTranslation } from 'react-i18next';
import { lastList } from '@/lib/lastList';
import { CUSTOMERS } from '../addresses';

/** Back to the list as it was left. */
export function useWayBack() {
  const { t } = useTranslation();
  return { label: t('customers.title'), to: CUSTOMERS, search: lastList('contact') };
}
