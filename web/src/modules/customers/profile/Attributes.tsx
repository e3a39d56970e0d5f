import { Button } from '@mantine/core';
import { IconChevronDown, IconMail, IconPhone, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldsOf, type RecordRow } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import { useSmallScreen } from '@/lib/useSmallScreen';
import { Avatar } from '@/ui/Avatar';
import { typeOf } from '@/ui/fields';
import { FieldValue } from '@/ui/FieldValue';
import { InlineEditor } from '@/ui/RecordForm/EditorSoon';
import { AttributeList } from '@/ui/RecordPage/AttributeList';
import shared from '@/ui/RecordPage/RecordPage.module.css';
import styles from './Profile.module.css';

interface AttributesProps {
  entity: MetaEntity;
  record: RecordRow;
  readOnly: boolean;
  onSave: (seen: RecordRow, key: string, value: unknown) => void;
}

const CONTACT = ['status', 'email', 'phone', 'company'];
// Shown elsewhere on the page.
const ELSEWHERE = new Set([
  'name',
  'tags',
  'lastContactAt',
  'totalInteractions',
  'createdAt',
  'updatedAt',
]);

// From one customer to the next, and to how one was, the choice stays.
let showsAll = false;

/** Who the customer is: name, ways to reach them, attributes, tags, custom fields. */
export function Attributes({ entity, record, readOnly, onSave }: AttributesProps) {
  const { t } = useTranslation();
  // On a phone what happened stands within reach of the thumb, and the rest on demand.
  const small = useSmallScreen();
  const [all, setAll] = useState(showsAll);
  const fields = fieldsOf(entity).filter((field) => !typeOf(field).hidden);
  const byKey = (key: string) => fields.find((field) => field.key === key);
  const contact = CONTACT.map(byKey).filter((field) => field !== undefined);
  const info = fields.filter(
    ({ key, custom, readOnly: computed }) =>
      !custom && !computed && !CONTACT.includes(key) && !ELSEWHERE.has(key),
  );
  const custom = fields.filter((field) => field.custom);
  const tags = byKey('tags');
  const name = String(record.name ?? '');
  const subtitle = [record.jobTitle, record.company].filter(Boolean).join(' · ');
  const shown = { record, readOnly, onSave };
  return (
    <>
      <div className={styles.who}>
        <Avatar name={name} size={56} square={record.kind === 'company'} />
        <div className={styles.whoText}>
          <p className={styles.name}>{name}</p>
          {subtitle && <p className={styles.subtitle}>{subtitle}</p>}
        </div>
      </div>
      <div className={styles.reach}>
        <Reach href={record.email && `mailto:${String(record.email)}`} icon={IconMail}>
          {t('customers.profile.email')}
        </Reach>
        <Reach href={record.phone && `tel:${String(record.phone)}`} icon={IconPhone}>
          {t('customers.profile.call')}
        </Reach>
      </div>
      <AttributeList {...shown} title={t('customers.profile.contact')} fields={contact} />
      {!small && <AttributeList {...shown} title={t('customers.profile.info')} fields={info} />}
      {tags && <Tags {...shown} field={tags} />}
      {small && (
        <button
          type="button"
          className={styles.more}
          aria-expanded={all}
          onClick={() => setAll((showsAll = !all))}
        >
          {t(all ? 'customers.profile.less' : 'customers.profile.more')}
          <IconChevronDown size={16} stroke={1.8} aria-hidden />
        </button>
      )}
      {small && all && (
        <AttributeList {...shown} title={t('customers.profile.info')} fields={info} />
      )}
      {(all || !small) && (
        <AttributeList {...shown} title={t('customers.profile.custom')} fields={custom} />
      )}
    </>
  );
}

interface ReachProps {
  href: unknown;
  icon: typeof IconMail;
  children: string;
}

function Reach({ href, icon: Icon, children }: ReachProps) {
  if (typeof href !== 'string' || href === '') return null;
  return (
    <Button
      component="a"
      href={href}
      variant="default"
      leftSection={<Icon size={15} stroke={1.8} />}
    >
      {children}
    </Button>
  );
}

interface TagsProps {
  field: MetaField;
  record: RecordRow;
  readOnly: boolean;
  onSave: AttributesProps['onSave'];
}

function Tags({ field, record, readOnly, onSave }: TagsProps) {
  const { t } = useTranslation();
  const [seen, setSeen] = useState<RecordRow | null>(null);
  const stop = () => setSeen(null);
  return (
    <section className={shared.block} aria-label={t('customers.profile.tags')}>
      <h2 className={shared.heading}>{t('customers.profile.tags')}</h2>
      {seen ? (
        <InlineEditor
          field={field}
          value={seen.tags}
          onCancel={stop}
          onSave={(value) => {
            stop();
            onSave(seen, field.key, value);
          }}
        />
      ) : (
        <div className={styles.tags}>
          <FieldValue field={field} value={record.tags} linked />
          {!readOnly && (
            <button type="button" className={styles.addTag} onClick={() => setSeen(record)}>
              <IconPlus size={12} stroke={2} aria-hidden />
              {t('ui.add')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
