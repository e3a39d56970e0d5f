import { SegmentedControl, Switch } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { updateMe } from '@/api/account';
import { preferences, setPreferences, usePreferences, type Preferences } from '@/lib/preferences';
import styles from '@/ui/Settings/Settings.module.css';
import { Section, SettingsPage } from '@/ui/Settings/SettingsPage';
import { toast } from '@/ui/toast';

/** Applied at once, remembered by the server: nothing to save here. */
function prefer(change: Partial<Preferences>): void {
  setPreferences(change);
  const { theme, density, hotkeys } = preferences.get();
  updateMe({ preferences: { theme, density, hotkeys } }).catch((error) => toast.fail(error));
}

export function PreferencesPage() {
  const { t } = useTranslation();
  const { theme, density, hotkeys } = usePreferences();
  const text = (key: string) => t(`settings.preferences.${key}`);
  return (
    <SettingsPage title={text('title')} text={text('intro')}>
      <Section title={text('look')}>
        <Choice label={t('shell.theme.label')} text={text('themeText')}>
          {(labelled) => (
            <SegmentedControl
              {...labelled}
              value={theme}
              onChange={(value) => prefer({ theme: value as Preferences['theme'] })}
              data={(['light', 'dark', 'auto'] as const).map((value) => ({
                value,
                label: t(`shell.theme.${value}`),
              }))}
            />
          )}
        </Choice>
        <Choice label={text('density')} text={text('densityText')}>
          {(labelled) => (
            <SegmentedControl
              {...labelled}
              value={density}
              onChange={(value) => prefer({ density: value as Preferences['density'] })}
              data={(['compact', 'normal', 'comfortable'] as const).map((value) => ({
                value,
                label: text(value),
              }))}
            />
          )}
        </Choice>
      </Section>
      <Section title={text('keyboard')}>
        <Choice label={text('hotkeys')} text={text('hotkeysText')}>
          {(labelled) => (
            <Switch
              {...labelled}
              checked={hotkeys}
              onChange={(event) => prefer({ hotkeys: event.currentTarget.checked })}
            />
          )}
        </Choice>
      </Section>
    </SettingsPage>
  );
}

interface ChoiceProps {
  label: string;
  text: string;
  children: (labelled: { 'aria-label': string; 'aria-describedby': string }) => ReactNode;
}

function Choice({ label, text, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className={styles.choice}>
      <div>
        <div className={styles.choiceLabel}>{label}</div>
        <div id={id} className={styles.choiceText}>
          {text}
        </div>
      </div>
      {children({ 'aria-label': label, 'aria-describedby': id })}
    </div>
  );
}
