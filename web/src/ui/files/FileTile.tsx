import { useQuery } from '@tanstack/react-query';
import type { StoredFile } from '@/api/files';
import { pictureQuery } from '@/api/pictures';
import styles from './Files.module.css';
import { isPicture, lookOf } from './kinds';

// Larger ones would travel whole for a picture of 40 pixels.
const THUMBNAIL_BYTES = 1_500_000;

/** What kind of file it is; of a picture that is not too heavy, the picture. */
export function FileTile({ file }: { file: StoredFile | null | undefined }) {
  const drawn = Boolean(file && isPicture(file.type) && (file.size ?? 0) <= THUMBNAIL_BYTES);
  const { data } = useQuery({ ...pictureQuery(file?.id ?? ''), enabled: drawn });
  const { icon: Icon, hue } = lookOf(file?.type);
  return (
    <span className={styles.tile} data-hue={hue} aria-hidden>
      {drawn && data ? <img src={data} alt="" /> : <Icon size={20} stroke={1.6} />}
    </span>
  );
}
