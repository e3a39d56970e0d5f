import { Button, Menu } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/me';
import type { MetaEntity } from '@/api/types';
import { useSmallScreen } from '@/lib/useSmallScreen';
import { visibleOf } from '@/ui/Export/columnChoice';
import type { ExportDialogProps } from '@/ui/Export/ExportDialog';
import { usePrint } from '@/ui/Export/usePrint';
import { IconBtn } from '@/ui/IconBtn';

const ExportDialog = lazy(async () => ({
  default: (await import('@/ui/Export/ExportDialog')).ExportDialog,
}));

export const useMayExport = (entity: MetaEntity) => {
  const may = useCan();
  return entity.exportable && may(entity.name, 'export');
};

type ListExportProps = Omit<ExportDialogProps, 'onClose'>;

/** The list as a file. */
export function ListExport(props: ListExportProps) {
  const { t } = useTranslation();
  const small = useSmallScreen();
  const [opened, setOpened] = useState(false);
  const open = () => setOpened(true);
  const icon = <IconDownload size={16} stroke={1.7} />;
  return (
    <>
      {small ? (
        <IconBtn label={t('exports.open')} onClick={open}>
          {icon}
        </IconBtn>
      ) : (
        <Button variant="default" leftSection={icon} onClick={open}>
          {t('exports.open')}
        </Button>
      )}
      {opened && <Dialog {...props} onClose={() => setOpened(false)} />}
    </>
  );
}

/** The same dialog, wherever it is asked for. */
export function Dialog(props: ExportDialogProps) {
  return (
    <Suspense fallback={null}>
      <ExportDialog {...props} />
    </Suspense>
  );
}

/** The list on paper, as it is shown. */
export function PrintItem({ entity, of, shown }: ListExportProps) {
  const { t } = useTranslation();
  const { print, busy } = usePrint();
  const columns = visibleOf(entity, shown);
  return (
    <Menu.Item
      leftSection={<IconPrinter size={15} stroke={1.7} />}
      disabled={busy}
      onClick={() => void print({ entity: entity.name, columns, ...of })}
    >
      {t('exports.print')}
    </Menu.Item>
  );
}
