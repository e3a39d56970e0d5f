import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Meanwhile } from '@/ui/Edit/Meanwhile';
import { useEditForm } from '@/ui/Edit/useEditForm';
import { FormAlert } from '@/ui/FormAlert';
import { MentionTextarea } from '@/ui/MentionTextarea';
import { useUnsaved } from '@/ui/unsaved';
import { getNote, updateNote } from '../queries';
import styles from './Profile.module.css';
import type { Note } from '../types';

interface NoteEditProps {
  note: Note;
  onSaved: () => Promise<unknown>;
  onClose: () => void;
}

const KIND = { name: 'note', plural: 'notes' };
const valuesOf = (note?: Note) => ({ body: note?.body ?? '' });

/** Rewrites a note where it stands. */
export function NoteEdit({ note, onSaved, onClose }: NoteEditProps) {
  const { t } = useTranslation();
  const { form, edit, busy, failure, submit } = useEditForm({
    live: note,
    valuesOf,
    fetch: () => getNote(note.id),
    change: async ({ body }, { id, version }) => {
      if (body) await updateNote(id, { body }, version);
      await onSaved();
      onClose();
    },
  });
  const { leave, asking } = useUnsaved(edit.dirty && !busy);
  return (
    <form className={styles.noteEdit} onSubmit={submit}>
      <FormAlert error={failure} />
      <MentionTextarea
        of="user"
        aria-label={t('customers.notes.edit')}
        autosize
        autoFocus
        value={form.values.body}
        onChange={(body) => form.setFieldValue('body', body)}
        error={form.errors.body}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !asking) leave(onClose);
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
        }}
      />
      <Meanwhile
        edit={edit}
        of={KIND}
        labelOf={() => t('customers.notes.label')}
        textOf={(_, one) => one.body}
      />
      <div className={styles.composerEnd}>
        <Button size="xs" variant="default" onClick={() => leave(onClose)}>
          {t('ui.cancel')}
        </Button>
        <Button size="xs" type="submit" loading={busy}>
          {t('ui.save')}
        </Button>
      </div>
    </form>
  );
}
