import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { keys } from '@/api/keys';
import { moved } from '@/lib/moved';
import { toast } from '@/ui/toast';
import { inOrder } from './fieldOrder';
import { orderFields } from './queries';
import type { CustomField } from './types';

/** The order as it was last wanted: saved whole, one request after the other, the last one last. */
export function useFieldOrder(fields: CustomField[]) {
  const client = useQueryClient();
  const [wanted, setWanted] = useState<string[] | null>(null);
  const waiting = useRef<string[] | null>(null);
  const saving = useRef(false);
  const order = wanted ? inOrder(fields, wanted) : fields;

  const save = async () => {
    saving.current = true;
    try {
      for (let ids = waiting.current; ids; ids = waiting.current) {
        waiting.current = null;
        await orderFields(ids);
      }
    } catch (error) {
      waiting.current = null;
      setWanted(null);
      toast.fail(error);
    }
    saving.current = false;
    await client.invalidateQueries({ queryKey: keys.lists('custom_field') });
    await client.invalidateQueries({ queryKey: keys.meta });
    // Until the list has come, the order that was wanted is the truth.
    if (!saving.current) setWanted(null);
  };
  const move = (from: number, to: number) => {
    const ids = moved(order, from, to).map(({ id }) => id);
    setWanted(ids);
    waiting.current = ids;
    if (!saving.current) void save();
  };
  return { order, move };
}
