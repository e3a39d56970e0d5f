import { use } from 'react';
import { valueOf } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { ComesTo } from './ComesTo';
import { foreseen, RulesContext } from './rules';
import type { useRecordForm } from './useRecordForm';

interface ForeseenProps {
  entity: MetaEntity;
  state: Pick<ReturnType<typeof useRecordForm>, 'edit' | 'values'>;
}

/** What the server will compute of what is typed; of what is not touched, its own word. */
export function Foreseen({ entity, state: { edit, values } }: ForeseenProps) {
  const { previews = {} } = use(RulesContext);
  const known = edit.dirty ? undefined : edit.seen;
  const valueIn = (key: string) => (known ? valueOf(known, key) : foreseen(previews[key], values));
  return <ComesTo entity={entity} valueIn={valueIn} />;
}
