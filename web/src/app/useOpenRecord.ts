import { useNavigate } from '@tanstack/react-router';
import { useMe } from '@/api/me';
import { targetOf } from '@/lib/addresses';
import { addRecent, type Recent } from '@/lib/recents';
import { toast } from '@/ui/toast';

/** Leads to where something found is at home: its module says where that is. */
export function useOpenRecord() {
  const navigate = useNavigate();
  const { user } = useMe();
  const open = async (record: Recent) => {
    await navigate(await targetOf(record.entity, record));
  };
  return (record: Recent) => {
    addRecent(user.id, record);
    open(record).catch((error: unknown) => toast.fail(error));
  };
}
