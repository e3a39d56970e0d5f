import { Button } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/ui/EmptyState';
import { Pages } from '@/ui/Pages';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { FormSkeleton } from '@/ui/Skeletons';
import { Timeline } from '@/ui/Timeline/Timeline';
import { AuditChain } from './AuditChain';
import { AuditFilters } from './AuditFilters';
import { auditQuery, type AuditQuestion } from './queries';
import { useAuditItem } from './useAuditItem';

/** What has been done in the company, by whom and from where. */
export function AuditPage() {
  const { t } = useTranslation();
  const [question, setQuestion] = useState<AuditQuestion>({});
  const query = useInfiniteQuery(auditQuery(question));
  const item = useAuditItem();
  const isAsked = Object.values(question).some(Boolean);
  return (
    <SettingsPage title={t('settings.audit.title')} text={t('settings.audit.intro')}>
      <AuditChain />
      <AuditFilters question={question} onAsk={setQuestion} />
      <Pages
        query={query}
        subject={t('settings.audit.subject')}
        loading={<FormSkeleton fields={6} />}
        more={t('settings.audit.more')}
        empty={
          <EmptyState
            icon={<IconFingerprint size={24} />}
            title={t(isAsked ? 'settings.audit.nothing' : 'settings.audit.empty')}
            action={
              isAsked && (
                <Button variant="default" onClick={() => setQuestion({})}>
                  {t('settings.audit.clear')}
                </Button>
              )
            }
          />
        }
      >
        {(entries) => (
          <>
            <h2 className="srOnly">{t('settings.audit.label')}</h2>
            <Timeline label={t('settings.audit.label')} items={entries.map(item)} />
          </>
        )}
      </Pages>
    </SettingsPage>
  );
}
