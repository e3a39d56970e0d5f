import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { checkDocument } from '@/ui/RecordForm/documents';
import { checkPhone } from '@/ui/RecordForm/phones';
import { customerAt } from './addresses';
import styles from './Customers.module.css';
import { duplicatesQuery } from './queries';

type Identifier = 'email' | 'phone' | 'document';

const READY: Record<Identifier, (text: string) => boolean> = {
  email: (text) => /^\S+@\S+\.\S+$/.test(text),
  phone: (text) => checkPhone(text) === null,
  document: (text) => checkDocument(text) === null,
};
const isIdentifier = (field: string): field is Identifier => field in READY;

interface DuplicateHintProps {
  field: string;
  value: unknown;
  exceptId?: string;
}

/** Under an e-mail, phone or document that somebody else already has. */
export function DuplicateHint({ field, value, exceptId }: DuplicateHintProps) {
  const text = typeof value === 'string' ? value.trim() : '';
  return isIdentifier(field) && text !== '' && READY[field](text) ? (
    <Hint field={field} text={text} exceptId={exceptId} />
  ) : null;
}

const PAUSE_MS = 350;

function Hint({ field, text, exceptId }: { field: Identifier; text: string; exceptId?: string }) {
  const { t } = useTranslation();
  const [asked] = useDebouncedValue(text, PAUSE_MS);
  const { data } = useQuery(duplicatesQuery({ [field]: asked, exceptId }));
  const match = data?.data[0];
  if (!match) return null;
  return (
    <p className={styles.warning} role="status">
      {t(`customers.duplicate.${field}`)} —{' '}
      <Link to={customerAt(match.id)}>
        {match.name}, {t('customers.duplicate.open')}
      </Link>
    </p>
  );
}
