import { Progress } from '@mantine/core';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { fileSize, percent } from '@/lib/format';
import { IconBtn } from '@/ui/IconBtn';
import { FileTile } from './FileTile';
import styles from './Files.module.css';
import type { Upload } from './useUploads';

/** A file on its way: how far it is, or why it was not taken. */
export function UploadLine({ upload, onCancel }: { upload: Upload; onCancel: () => void }) {
  const { t } = useTranslation();
  const { name, size, part, problem } = upload;
  return (
    <li className={styles.row} data-failed={problem ? true : undefined}>
      {problem ? (
        <span className={styles.tile} data-hue="red" aria-hidden>
          <IconAlertTriangle size={20} stroke={1.6} />
        </span>
      ) : (
        <FileTile file={null} />
      )}
      <div className={styles.text}>
        <p className={styles.name}>{name}</p>
        {problem ? (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        ) : (
          <>
            <p className={styles.detail}>
              {t('records.files.sending', { part: percent(part), size: fileSize(size) })}
            </p>
            <Progress
              value={part * 100}
              size={4}
              aria-label={t('records.files.progress', { name })}
            />
          </>
        )}
      </div>
      <IconBtn
        label={t(problem ? 'records.files.dismiss' : 'records.files.cancel', { name })}
        onClick={onCancel}
      >
        <IconX size={16} stroke={1.8} />
      </IconBtn>
    </li>
  );
}
