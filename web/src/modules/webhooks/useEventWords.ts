import { useTranslation } from 'react-i18next';
import { useMeta } from '@/api/me';
import { EVERYTHING } from './patterns';

/** Events and patterns of events, as a person says them: "Cliente: criação". */
export function useEventWords() {
  const { t, i18n } = useTranslation();
  const { entities } = useMeta();
  const declared = (name: string) => entities.find((entity) => entity.name === name);

  const said = (entity: string, past: string) => {
    const key = `webhooks.event.${past}`;
    return i18n.exists(key)
      ? t(key, { entity })
      : t('webhooks.event.other', { entity, event: past.replaceAll('_', ' ') });
  };

  return (pattern: string): string => {
    if (pattern === EVERYTHING) return t('webhooks.everything');
    const dot = pattern.indexOf('.');
    const [name, past] = [pattern.slice(0, dot), pattern.slice(dot + 1)];
    if (past === EVERYTHING) {
      return t('webhooks.allOf', { entities: declared(name)?.labelPlural ?? name });
    }
    const entity = name === EVERYTHING ? t('webhooks.anyRecord') : declared(name)?.label;
    return said(entity ?? name, past);
  };
}
