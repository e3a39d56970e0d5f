import { useQuery } from '@tanstack/react-query';
import { downloadFile, filedIn, fileQuery } from '@/api/files';
import { fileSize } from '@/lib/format';
import styles from '@/ui/files/Files.module.css';
import { toast } from '@/ui/toast';
import { NO_VALUE } from './noValue';
import type { ShownProps } from './type';

/** Its facts, as the record tells them; of a field that a company added they are asked for. */
export function useFiled({ field, value, of }: Pick<ShownProps, 'field' | 'value' | 'of'>) {
  const told = of && filedIn(of, field, value);
  const id = typeof value === 'string' ? value : '';
  const { data } = useQuery({ ...fileQuery(id), enabled: id !== '' && !told });
  return id === '' ? undefined : (told ?? data);
}

/** What it is called and how large it is. On a record's page it opens. */
export function FileShown(props: ShownProps) {
  const file = useFiled(props);
  if (!file?.name) return <span>{NO_VALUE}</span>;
  return (
    <span className={styles.shown}>
      {props.linked ? (
        <button
          type="button"
          className={styles.name}
          onClick={() => void downloadFile(file.id).catch(toast.fail)}
        >
          {file.name}
        </button>
      ) : (
        <span className={styles.name}>{file.name}</span>
      )}
      <span className={`${styles.detail} num`}>{fileSize(file.size ?? 0)}</span>
    </span>
  );
}
