import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useCan, useMe } from '@/api/me';
import { read, write } from '@/lib/storage';
import { MentionTextarea } from '@/ui/MentionTextarea';
import { toast } from '@/ui/toast';
import { createNote } from '../queries';
import styles from './Profile.module.css';

/** Writes a note; what is not saved yet waits in this browser, also over a reload. */
export function NoteComposer({ id }: { id: string }) {
  const { t } = useTranslation();
  const may = useCan();
  const { user } = useMe();
  const client = useQueryClient();
  const draftKey = `note.${user.id}.${id}`;
  const [text, setText] = useState(() => read(draftKey, ''));
  const [busy, setBusy] = useState(false);
  if (!may('note', 'create')) return null;
  const type = (next: string) => {
    setText(next);
    write(draftKey, next || null);
  };
  const save = async () => {
    const body = text.trim();
    if (body === '' || busy) return;
    setBusy(true);
    try {
      await createNote(id, body);
      type('');
      await Promise.all([
        client.invalidateQueries({ queryKey: keys.lists('note') }),
        client.invalidateQueries({ queryKey: keys.timeline(id) }),
      ]);
    } catch (error) {
      toast.fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <MentionTextarea
        of="user"
        variant="unstyled"
        aria-label={t('customers.notes.label')}
        placeholder={t('customers.notes.placeholder')}
        autosize
        minRows={1}
        maxRows={12}
        value={text}
        onChange={type}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void save();
          }
        }}
      />
      <div className={styles.composerEnd}>
        <Button type="submit" variant="light" loading={busy} disabled={text.trim() === ''}>
          {t('customers.notes.save')}
        </Button>
      </div>
    </form>
  );
}
