import { useNavigate } from '@tanstack/react-router';
import { useMe, useMeta } from '@/api/me';
import { getRecord } from '@/api/records';
import { addRecent, type Recent } from '@/lib/recents';
import { toast } from '@/ui/toast';
import { addressOf } from './navigation';

/** Leads to where something found is at home: a note to its customer, a tag to who carries it. */
export function useOpenRecord() {
  const navigate = useNavigate();
  const { user } = useMe();
  const { entities } = useMeta();

  const openNote = async (id: string) => {
    const entity = entities.find(({ name }) => name === 'note');
    const note = entity && (await getRecord(entity, id));
    const search = { tab: 'notas', nota: id };
    await navigate({ to: addressOf('contact', String(note?.contactId)), search: search as never });
  };
  const openTag = (title: string) => {
    const filter = { field: 'tags', op: 'has_any', value: [title] };
    return navigate({ to: '/clientes', search: { filter } as never });
  };
  return (record: Recent) => {
    addRecent(user.id, record);
    if (record.entity === 'note') openNote(record.id).catch((error: unknown) => toast.fail(error));
    else if (record.entity === 'tag') void openTag(record.title);
    else void navigate({ to: addressOf(record.entity, record.id) });
  };
}
