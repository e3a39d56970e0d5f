import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportFile, startExport, type ExportWish } from '@/api/exports';
import { workTrouble } from '@/lib/workTrouble';
import { toast } from '@/ui/toast';
import { useFollowed } from './useFollowed';

/** The list on paper: its PDF in a tab of its own, from which the browser prints. */
export function usePrint() {
  const { t } = useTranslation();
  const follow = useFollowed();
  const [busy, setBusy] = useState(false);
  const print = async (wish: Omit<ExportWish, 'format'>) => {
    // Only what a click opens may open; it waits there for its page.
    const tab = window.open('', '_blank');
    if (tab) tab.document.title = t('exports.printing');
    setBusy(true);
    toast.done(t('exports.printing'));
    try {
      const done = await follow(await startExport({ ...wish, format: 'pdf' }));
      if (done?.state !== 'done') throw workTrouble(t, done?.error) ?? t('exports.failed');
      const address = URL.createObjectURL(await exportFile(done.id));
      if (tab) tab.location.replace(address);
      else window.open(address, '_blank');
    } catch (error) {
      tab?.close();
      toast.fail(error);
    } finally {
      setBusy(false);
    }
  };
  return { print, busy };
}
