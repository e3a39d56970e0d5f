import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asApiError, type ApiError } from '@/api/errors';
import type { ExportFormat, ExportWish } from '@/api/exports';
import type { MetaEntity } from '@/api/types';
import { useReturnFocus } from '@/lib/returnFocus';
import { FormAlert } from '@/ui/FormAlert';
import { ColumnChoice } from './ColumnChoice';
import { columnsOf, exportable, visibleOf, type Which } from './columnChoice';
import styles from './Export.module.css';
import { ExportProgress } from './ExportProgress';
import { FormatCards } from './FormatCards';
import { useExport } from './useExport';

export interface ExportDialogProps {
  entity: MetaEntity;
  /** Which records, and in which order. */
  of: Pick<ExportWish, 'ids' | 'filter' | 'search' | 'sort' | 'caption'>;
  /** "1.234 clientes". */
  what: string;
  /** The columns that the list shows, in their order. */
  shown: string[];
  onClose: () => void;
}

/** A list as a file: in which form, with which columns; then how far it is. */
export function ExportDialog(props: ExportDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const work = useExport();
  const close = () => {
    work.leave();
    props.onClose();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t('exports.title', { things: props.entity.labelPlural.toLocaleLowerCase() })}
      size={560}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {work.export ? (
        <ExportProgress
          of={work.export}
          running={work.running}
          onCancel={work.cancel}
          onClose={close}
        />
      ) : (
        <Wishes {...props} start={work.start} onClose={close} />
      )}
    </Modal>
  );
}

type WishesProps = ExportDialogProps & { start: (wish: ExportWish) => Promise<void> };

function Wishes({ entity, of, what, shown, start, onClose }: WishesProps) {
  const { t } = useTranslation();
  const visible = visibleOf(entity, shown);
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const [which, setWhich] = useState<Which>('visible');
  const [chosen, setChosen] = useState(visible);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const columns = columnsOf(which, visible, chosen);
      await start({ entity: entity.name, format, columns, ...of });
    } catch (error) {
      setFailure(asApiError(error));
      setBusy(false);
    }
  };
  return (
    <Stack gap={16}>
      <FormAlert error={failure} />
      <p className={styles.count}>{what}</p>
      <FormatCards value={format} onChange={setFormat} />
      <ColumnChoice
        fields={exportable(entity)}
        visible={visible.length}
        which={which}
        chosen={chosen}
        onWhich={setWhich}
        onChosen={setChosen}
      />
      <Group gap={8} justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button
          loading={busy}
          disabled={which === 'chosen' && chosen.length === 0}
          onClick={() => void submit()}
        >
          {t('exports.start')}
        </Button>
      </Group>
    </Stack>
  );
}
