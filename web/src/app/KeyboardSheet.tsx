import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hotkeyList, type Hotkey } from '@/lib/hotkeys';
import { usePreferences } from '@/lib/preferences';
import { useReturnFocus } from '@/lib/returnFocus';
import { useSignal } from '@/lib/signal';
import { Kbd } from '@/ui/Kbd';
import styles from './KeyboardSheet.module.css';

/** The keys that work right now, on this page. */
export default function KeyboardSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  const { hotkeys: on } = usePreferences();
  const groups = new Map<string, Hotkey[]>();
  for (const hotkey of useSignal(hotkeyList)) {
    if (!hotkey.label) continue;
    const group = hotkey.group ?? t('shell.keys.here');
    groups.set(group, [...(groups.get(group) ?? []), hotkey]);
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('shell.keys.title')}
      size={560}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {!on && <p className={styles.off}>{t('shell.keys.off')}</p>}
      <div className={styles.groups}>
        {[...groups].map(([group, entries]) => (
          <section key={group}>
            <h3 className={styles.heading}>{group}</h3>
            <ul>
              {entries.map(({ keys, label }) => (
                <li key={keys} className={styles.row}>
                  <span>{label}</span>
                  <Kbd keys={keys} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Modal>
  );
}
