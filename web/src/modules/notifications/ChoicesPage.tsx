import { Checkbox } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/ui/ErrorState';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { RowSkeletons } from '@/ui/Skeletons';
import { toast } from '@/ui/toast';
import { Browsers } from './Browsers';
import styles from './Inbox.module.css';
import { choicesQuery, choose, type Choice } from './queries';

const WAYS = ['shown', 'pushed', 'mailed'] as const;
type Way = (typeof WAYS)[number];

/** Applied at once: nothing to save here. */
export function ChoicesPage() {
  const { t } = useTranslation();
  const query = useQuery(choicesQuery);
  return (
    <SettingsPage title={t('notifications.choices.title')} text={t('notifications.choices.intro')}>
      {query.isPending && <RowSkeletons rows={6} />}
      {query.isError && !query.data && (
        <ErrorState
          error={query.error}
          subject={t('notifications.choices.subject')}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.data && <Choices choices={query.data} />}
      <Browsers />
    </SettingsPage>
  );
}

function Choices({ choices }: { choices: Choice[] }) {
  const { t } = useTranslation();
  return (
    <table className={styles.choices}>
      <thead>
        <tr>
          <th scope="col">{t('notifications.choices.what')}</th>
          {WAYS.map((way) => (
            <th key={way} scope="col">
              {t(`notifications.choices.${way}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {choices.map((choice) => (
          <tr key={choice.kind}>
            <th scope="row">{choice.label}</th>
            {WAYS.map((way) => (
              <td key={way}>
                <Tick choice={choice} way={way} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Ticked at once; when the server refuses, it is as it was. */
function Tick({ choice, way }: { choice: Choice; way: Way }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const put = (change: Partial<Choice>) =>
    client.setQueryData(choicesQuery.queryKey, (all) =>
      all?.map((one) => (one.kind === choice.kind ? { ...one, ...change } : one)),
    );
  const { mutate } = useMutation({
    mutationFn: (wanted: boolean) => choose(choice.kind, { [way]: wanted }),
    onMutate: (wanted) => put({ [way]: wanted }),
    onError: (error) => {
      put({ [way]: choice[way] });
      toast.fail(error);
    },
  });
  return (
    <Checkbox
      aria-label={`${choice.label}: ${t(`notifications.choices.${way}`)}`}
      checked={choice[way]}
      // What is not told at all comes in no other way either.
      disabled={way !== 'shown' && !choice.shown}
      onChange={(event) => mutate(event.currentTarget.checked)}
    />
  );
}
