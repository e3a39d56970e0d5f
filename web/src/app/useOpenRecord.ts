import { useNavigate } from '@tanstack/react-router';
import { useMe } from '@/api/me';
import { addressOf } from '@/lib/addresses';
import { addRecent, type Recent } from '@/lib/recents';
import { toast } from '@/ui/toast';
import type { Target } from '@/ui/screens';
import { screenOf } from './screens';

/** Leads to where something found is at home: its module says where that is. */
export function useOpenRecord() {
  const navigate = useNavigate();
  const { user } = useMe();
  const open = async (record: Recent) => {
    const usual: Target = { to: addressOf(record.entity, record.id) };
    const { to, search } = (await screenOf(record.entity)?.opens?.(record)) ?? usual;
    await navigate({ to, search });
  };
  return (record: Recent) => {
    addRecent(user.id, record);
    open(record).catch((error: unknown) => toast.fail(error));
  };
}
