import { useTranslation } from 'react-i18next';
import type { MetaEntity } from '@/api/types';
import { num } from '@/lib/format';

/** "42 clientes"; "10.000+ clientes" where more may follow. */
export function useHowMany(entity: MetaEntity, count: number, open: boolean): string {
  const { t } = useTranslation();
  return t('records.bulk.what', {
    count,
    number: num(count) + (open ? '+' : ''),
    thing: entity.label.toLocaleLowerCase(),
    things: entity.labelPlural.toLocaleLowerCase(),
  });
}
