import { IconArrowRight, IconPencil } from '@tabler/icons-react';
import { Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import styles from './Mending.module.css';
import { MendEditor } from './MendEditor';

interface MendValueProps {
  field: MetaField;
  value: string;
  /** Where nothing stands, the line says which cell is meant. */
  line?: string;
  /** How many cells have this value. */
  count: number;
  /** What it was corrected to already. */
  told?: string;
  /** Of one row: the others with this value only when asked. */
  single?: boolean;
  onMend: (text: string, all: boolean) => void;
}

/** After a correction the next wrong value is at hand. */
function focusNext(from: HTMLElement | null) {
  const values = [...document.querySelectorAll<HTMLElement>('[data-mend]')];
  const follows = (value: HTMLElement) =>
    from && from.compareDocumentPosition(value) & Node.DOCUMENT_POSITION_FOLLOWING;
  (values.find(follows) ?? values.at(-1))?.focus();
}

/** A wrong value, corrected where it stands. */
export function MendValue({ field, value, line, count, told, single, onMend }: MendValueProps) {
  const { t } = useTranslation();
  const [state, setState] = useState<'shown' | 'open' | 'left'>('shown');
  const box = useRef<HTMLDivElement>(null);
  const empty = t('imports.mend.empty');
  if (state === 'open') {
    return (
      <div ref={box} className={styles.open}>
        <Suspense>
          <MendEditor
            field={field}
            value={told ?? value}
            others={single && value ? count - 1 : 0}
            onSave={(text, all) => {
              focusNext(box.current);
              setState('shown');
              onMend(text, all || !single);
            }}
            onCancel={() => setState('left')}
          />
        </Suspense>
      </div>
    );
  }
  const label = value
    ? t('imports.mend.value', { value, field: field.label })
    : t('imports.mend.fill', { line, field: field.label });
  return (
    <button
      type="button"
      data-mend
      className={styles.value}
      aria-label={label}
      autoFocus={state === 'left'}
      onClick={() => setState('open')}
    >
      <span className={styles.text}>{value || empty}</span>
      {told !== undefined && (
        <>
          <IconArrowRight size={13} stroke={1.8} aria-hidden />
          <span className={styles.text}>{told || empty}</span>
        </>
      )}
      {!single && count > 1 && <span className={styles.count}>{count}</span>}
      <IconPencil size={13} stroke={1.8} aria-hidden />
    </button>
  );
}
