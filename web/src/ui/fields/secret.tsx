import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { soon } from '@/lib/soon';
import { textCheck } from './limits';
import { isSet } from './secrets';
import type { ChangeProps, FieldType } from './type';

const checkNew = textCheck();

/** Another one than before: neither is told. */
function SecretChange({ from, to }: ChangeProps) {
  const { t } = useTranslation();
  return isSet(from) && isSet(to) ? <span>{t('records.secret.changed')}</span> : null;
}

/** A token or password of another system. Answers say that there is one, and nothing else. */
export const secret: FieldType = {
  icon: IconLock,
  width: 110,
  sealed: true,
  text: (_, { t }) => t('records.secret.set'),
  Change: SecretChange,
  Input: soon(async () => (await import('./SecretInput')).SecretInput),
  ops: [],
  check: (value, field) => (isSet(value) ? null : checkNew(value, field)),
};
