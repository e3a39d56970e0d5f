import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asApiError } from '@/api/errors';
import { uploadFile } from '@/api/files';
import { smallPicture } from '@/lib/picture';
import { Avatar } from '@/ui/Avatar';
import { acceptOf } from '@/ui/files/kinds';
import styles from '@/ui/Settings/Settings.module.css';
import { Section } from '@/ui/Settings/SettingsPage';

interface PictureSectionProps {
  title: string;
  text: string;
  /** Who or what is shown, and the file that does. */
  name: string;
  picture: string | null | undefined;
  square?: boolean;
  readOnly?: boolean;
  onChange: (file: string | null) => Promise<unknown>;
}

/** A picture that is there as soon as it is chosen. */
export function PictureSection(props: PictureSectionProps) {
  const { title, text, name, picture, square, readOnly, onChange } = props;
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = async (act: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      const refusal = asApiError(error);
      setProblem(refusal.errors[0]?.message ?? refusal.message);
    }
    setBusy(false);
  };
  const choose = (file: File | undefined) => {
    if (!file) return;
    void attempt(async () => {
      const small = await smallPicture(file).catch(() => null);
      if (!small) return setProblem(t('settings.picture.unreadable'));
      await onChange((await uploadFile(small)).id);
    });
  };
  if (readOnly && !picture) return null;
  return (
    <Section title={title} text={text}>
      <div className={styles.picture}>
        <Avatar name={name} photo={picture} size={56} square={square} />
        {!readOnly && (
          <Button variant="default" loading={busy} onClick={() => input.current?.click()}>
            {t(picture ? 'settings.picture.replace' : 'settings.picture.choose')}
          </Button>
        )}
        {!readOnly && picture && (
          <Button
            variant="subtle"
            disabled={busy}
            onClick={() => void attempt(() => onChange(null))}
          >
            {t('settings.picture.remove')}
          </Button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          aria-label={title}
          accept={acceptOf(['image'])}
          onChange={({ currentTarget }) => {
            choose(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      </div>
      {problem && (
        <p className={styles.pictureProblem} role="alert">
          {problem}
        </p>
      )}
    </Section>
  );
}
