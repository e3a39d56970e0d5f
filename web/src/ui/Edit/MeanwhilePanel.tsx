import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { recordHistory } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { FromTo } from '@/ui/FromTo';
import styles from './MeanwhilePanel.module.css';
import type { Edit } from './useEdit';

export interface MeanwhileProps<R extends { id?: string; version?: number }> {
  edit: Edit<R>;
  /** Whose history knows who it was. */
  of?: Pick<MetaEntity, 'name' | 'plural'>;
  labelOf: (key: string) => string;
  textOf: (key: string, record: R) => string;
  /** What a change consists of, where "from this to that" says too little. */
  changeOf?: (key: string, from: R, to: R) => ReactNode;
}

/** What others changed under the open form, from what to what; and whose word stands. */
export default function MeanwhilePanel<R extends { id?: string; version?: number }>(
  props: MeanwhileProps<R>,
) {
  const { edit, of, labelOf, textOf, changeOf } = props;
  const { t } = useTranslation();
  const { opened, seen, meanwhile, panel, decide } = edit;
  const who = useAuthors(meanwhile.length > 0 ? of : undefined, seen);
  if (!opened || !seen || meanwhile.length === 0) return null;
  const undecided = meanwhile.some(({ contested }) => contested);
  return (
    <div
      ref={panel}
      tabIndex={-1}
      role={undecided ? 'alert' : 'status'}
      className={styles.panel}
      data-undecided={undecided || undefined}
    >
      <p className={styles.title}>{t(`ui.meanwhile.${undecided ? 'decide' : 'title'}`)}</p>
      <ul className={styles.list}>
        {meanwhile.map(({ key, contested }) => (
          <li key={key} className={styles.line}>
            <span className={styles.what}>
              {t('ui.meanwhile.change', {
                who: who(key) ?? t('records.conflict.somebody'),
                field: labelOf(key),
              })}
              :{' '}
              {changeOf?.(key, opened, seen) ?? (
                <FromTo from={textOf(key, opened)} to={textOf(key, seen)} />
              )}
            </span>
            {contested && (
              <span className={styles.choice}>
                <Button size="xs" variant="default" onClick={() => decide(key, true)}>
                  {t('ui.meanwhile.mine')}
                </Button>
                <Button size="xs" variant="default" onClick={() => decide(key, false)}>
                  {t('ui.meanwhile.theirs')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Who changed each field last, where there is a history and a right to read it. */
function useAuthors(
  of: Pick<MetaEntity, 'name' | 'plural'> | undefined,
  seen: { id?: string; version?: number } | undefined,
): (key: string) => string | undefined {
  const { data } = useQuery({
    queryKey: [...keys.history(of?.name ?? '', seen?.id ?? ''), 'authors', seen?.version],
    queryFn: () => recordHistory(of as MetaEntity, seen!.id!),
    enabled: of !== undefined && seen?.id !== undefined,
    retry: false,
  });
  return (key) => {
    const entry = data?.data.find(
      ({ changes }) => key in changes || key.split(/[.:]/)[0]! in changes,
    );
    return entry?.actor?.name;
  };
}
