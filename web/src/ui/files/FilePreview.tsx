import { Button, Modal } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { downloadFile, fileLink, type StoredFile } from '@/api/files';
import { useSmallScreen } from '@/lib/useSmallScreen';
import { ErrorState } from '@/ui/ErrorState';
import { FormSkeleton } from '@/ui/Skeletons';
import { toast } from '@/ui/toast';
import styles from './Files.module.css';
import { isPicture } from './kinds';

interface FilePreviewProps {
  file: StoredFile;
  name: string;
  onClose: () => void;
}

/** A picture or a PDF over the page. The browser opens it by a link that is good for minutes. */
export function FilePreview({ file, name, onClose }: FilePreviewProps) {
  const { t } = useTranslation();
  const small = useSmallScreen();
  const link = useQuery({
    queryKey: ['file', file.id, 'link'],
    queryFn: () => fileLink(file.id),
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const download = () => downloadFile(file.id).catch(toast.fail);
  return (
    <Modal
      opened
      onClose={onClose}
      title={name}
      size={1040}
      fullScreen={small}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      classNames={{ body: styles.previewBody }}
    >
      <div className={styles.preview}>
        {link.isError && <ErrorState error={link.error} onRetry={() => void link.refetch()} />}
        {link.isPending && <FormSkeleton fields={4} />}
        {link.data && isPicture(file.type) && <img src={link.data.url} alt={name} />}
        {link.data && !isPicture(file.type) && <iframe src={link.data.url} title={name} />}
      </div>
      <div className={styles.previewEnd}>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.7} />}
          onClick={() => void download()}
        >
          {t('records.files.download')}
        </Button>
      </div>
    </Modal>
  );
}
