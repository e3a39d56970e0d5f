import { useTranslation } from 'react-i18next';
import { valueOf, type RecordRow } from '@/api/records';
import { num, percentage } from '@/lib/format';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { RecordSection } from './RecordSection';
import { TestButton } from './TestButton';

const link = (row: RecordRow, key: string) => {
  const linked = valueOf(row, key);
  return typeof linked === 'object' && linked !== null && 'title' in linked
    ? String(linked.title ?? '')
    : '';
};
const joined = (parts: (string | false | undefined)[]) => parts.filter(Boolean).join(' · ');

/** What sales are made of in this company: each list is changed where it stands. */
export function SalesSettings() {
  const { t } = useTranslation();
  const days = ({ maxDays }: RecordRow) =>
    maxDays ? t('sales.settings.days', { days: num(Number(maxDays)) }) : undefined;
  return (
    <SettingsPage title={t('sales.settings.title')} text={t('sales.settings.intro')}>
      <RecordSection name="pipeline" />
      <RecordSection
        name="stage"
        sort="position"
        detail={(row) =>
          joined([
            link(row, 'pipeline'),
            typeof row.probability === 'number' && percentage(row.probability),
            days(row),
          ])
        }
      />
      <RecordSection name="lost_reason" />
      <RecordSection
        name="score_rule"
        detail={(row) => t('sales.settings.points', { points: num(Number(row.points)) })}
        action={(row, entity) => <TestButton rule={row} entity={entity} />}
      />
      <RecordSection
        name="lead_turn"
        detail={(row) => joined([link(row, 'user'), String(row.onlySource ?? '')])}
      />
    </SettingsPage>
  );
}
