import { useQuery } from '@tanstack/react-query';
import { useCan } from '@/api/me';
import { statsQuery } from './queries';

/** How many there are, by status. */
export function useCustomerStats() {
  const may = useCan();
  return useQuery({ ...statsQuery, enabled: may('contact', 'read') }).data;
}
