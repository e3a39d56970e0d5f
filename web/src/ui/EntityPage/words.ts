import i18next from 'i18next';
import type { MetaEntity } from '@/api/types';

/** "cliente", "clientes": as they stand within a sentence. */
export const namesOf = (entity: MetaEntity | undefined) => ({
  thing: entity?.label.toLocaleLowerCase() ?? '',
  things: entity?.labelPlural.toLocaleLowerCase() ?? '',
});

/** What a screen says of its things: in its own words, or in general ones with the server's names. */
export function entityWords(entity: MetaEntity, own?: string) {
  const names = namesOf(entity);
  const say = (key: string, general: string): string => {
    const word = `${own}.${key}`;
    return own && i18next.exists(word) ? i18next.t(word) : i18next.t(general, names);
  };
  return {
    title: own ? say('title', '') : entity.labelPlural,
    subject: own ? say('subject', '') : names.things,
    create: say('new', 'records.page.new'),
    edit: say('edit', 'records.page.edit'),
    search: say('search', 'records.page.search'),
    bring: say('import', 'records.page.import'),
    bringAll: i18next.t('records.page.import', names),
    bin: say('bin', 'records.page.bin'),
    empty: say('empty.title', 'records.empty.title'),
    emptyText: say('empty.text', 'records.empty.text'),
  };
}

export type EntityWords = ReturnType<typeof entityWords>;
