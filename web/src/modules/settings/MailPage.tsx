import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan, useMe } from '@/api/me';
import { CopyField } from '@/ui/CopyField';
import { Section, SettingsPage } from '@/ui/Settings/SettingsPage';
import styles from '@/ui/Settings/Settings.module.css';
import { OUTBOX } from './addresses';
import { isAsked } from './mailFields';
import { ModuleSection, Waiting } from './ModuleSettings';
import { moduleSettingsQuery, settingsOfModuleQuery } from './queries';
import { mayChangeCompany } from './rights';

/** By whom the company's mail goes out. */
export function MailPage() {
  const { t } = useTranslation();
  const may = useCan();
  const { user, tenant } = useMe();
  const readOnly = !mayChangeCompany(user);
  const { data, error, refetch } = useQuery(moduleSettingsQuery);
  const { data: values } = useQuery(settingsOfModuleQuery('mail'));
  const mail = data?.data.find(({ module }) => module === 'mail');
  return (
    <SettingsPage title={t('settings.mail.title')} text={t('settings.mail.intro')}>
      {mail ? (
        <ModuleSection
          module={{ ...mail, label: t('settings.mail.section') }}
          readOnly={readOnly}
          asks={isAsked}
        />
      ) : (
        <Waiting error={error} refetch={refetch} subject={t('settings.mail.subject')} />
      )}
      {values?.provider === 'sendgrid' && (
        <Section title={t('settings.mail.events')} text={t('settings.mail.eventsText')}>
          <CopyField
            label={t('settings.mail.eventsAddress')}
            value={`${location.origin}/api/v1/webhooks/sendgrid/${tenant.id}`}
            action={t('settings.mail.eventsCopy')}
          />
        </Section>
      )}
      {may('mail', 'read') && (
        <p className={styles.note}>
          <Link to={OUTBOX}>{t('settings.mail.outbox')}</Link>
        </p>
      )}
    </SettingsPage>
  );
}
