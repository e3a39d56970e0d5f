import { useTranslation } from 'react-i18next';
import { Meanwhile } from '@/ui/Edit/Meanwhile';
import type { Edit } from '@/ui/Edit/useEdit';
import { fieldText, NO_VALUE } from '@/ui/fieldText';

interface SettingMeanwhileProps<R extends { id?: string; version?: number }> {
  edit: Edit<R>;
  /** Whose history tells who it was. */
  of?: { name: string; plural: string };
  labels: Record<string, string>;
  /** How a value is called, where it is not shown as it is. */
  texts?: Record<string, (value: unknown) => string | undefined>;
}

/** What others changed under an open form of the settings. */
export function SettingMeanwhile<R extends { id?: string; version?: number }>(
  props: SettingMeanwhileProps<R>,
) {
  const { edit, of, labels, texts = {} } = props;
  const { t } = useTranslation();
  const textOf = (key: string, record: R) => {
    const value = (record as Record<string, unknown>)[key];
    const named = texts[key] ? texts[key](value) : undefined;
    if (named !== undefined || texts[key]) return named ?? NO_VALUE;
    const type = typeof value === 'boolean' ? 'boolean' : 'text';
    return fieldText(t, { type, options: [] }, value);
  };
  return <Meanwhile edit={edit} of={of} labelOf={(key) => labels[key] ?? key} textOf={textOf} />;
}
