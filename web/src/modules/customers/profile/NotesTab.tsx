import { IconNote, IconPencil, IconPin, IconPinFilled, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useCan } from '@/api/me';
import { ago, dateTime } from '@/lib/format';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { IconBtn } from '@/ui/IconBtn';
import { FormSkeleton } from '@/ui/Skeletons';
import { Tag } from '@/ui/Tag';
import { toast } from '@/ui/toast';
import { deleteNote, notesQuery, restoreNote, updateNote } from '../queries';
import { NoteComposer } from './NoteComposer';
import { NoteEdit } from './NoteEdit';
import styles from './Profile.module.css';
import type { Note } from '../types';

interface NotesTabProps {
  id: string;
  /** A search led to this one: it is scrolled to and marked. */
  found?: string;
}

export function NotesTab({ id, found }: NotesTabProps) {
  const { t } = useTranslation();
  const query = useQuery(notesQuery(id));
  const notes = [...(query.data?.data ?? [])].sort((a, b) => Number(b.pinned) - Number(a.pinned));
  return (
    <>
      <NoteComposer id={id} />
      {query.isPending && <FormSkeleton fields={3} />}
      {query.isError && (
        <ErrorState
          error={query.error}
          subject={t('customers.notes.subject')}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.data && notes.length === 0 && (
        <EmptyState icon={<IconNote size={24} stroke={1.7} />} title={t('customers.notes.empty')}>
          {t('customers.notes.emptyText')}
        </EmptyState>
      )}
      <ul className={styles.notes} aria-label={t('customers.profile.tab.notes')}>
        {notes.map((note) => (
          <NoteCard key={note.id} note={note} found={note.id === found} />
        ))}
      </ul>
    </>
  );
}

// Once, when it appears: later changes must not pull the page back.
const showFound = (note: HTMLElement | null) => note?.scrollIntoView?.({ block: 'center' });

function NoteCard({ note, found }: { note: Note; found: boolean }) {
  const { t } = useTranslation();
  const may = useCan();
  const client = useQueryClient();
  const [editing, setEditing] = useState(false);
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.lists('note') }),
      client.invalidateQueries({ queryKey: keys.timeline(note.contactId) }),
    ]);
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act();
      await refresh();
    } catch (error) {
      toast.fail(error);
    }
  };
  const remove = () =>
    attempt(async () => {
      await deleteNote(note.id);
      toast.done(t('customers.notes.deleted'), {
        undo: () => void attempt(() => restoreNote(note.id)),
      });
    });
  const owned = { createdBy: note.createdBy };
  return (
    <li className={styles.note} data-found={found || undefined} ref={found ? showFound : undefined}>
      <div className={styles.noteHead}>
        <b>{note.createdByUser?.title ?? t('records.history.somebody')}</b>
        <time dateTime={note.createdAt} title={dateTime(note.createdAt)}>
          {ago(note.createdAt)}
        </time>
        {note.pinned && <Tag hue="amber">{t('customers.notes.pinned')}</Tag>}
        <span className={styles.noteActions}>
          {may('note', 'update', owned) && (
            <>
              <IconBtn
                label={t(note.pinned ? 'customers.notes.unpin' : 'customers.notes.pin')}
                onClick={() => void attempt(() => updateNote(note.id, { pinned: !note.pinned }))}
              >
                {note.pinned ? <IconPinFilled size={15} /> : <IconPin size={15} stroke={1.7} />}
              </IconBtn>
              <IconBtn label={t('customers.notes.edit')} onClick={() => setEditing(true)}>
                <IconPencil size={15} stroke={1.7} />
              </IconBtn>
            </>
          )}
          {may('note', 'delete', owned) && (
            <IconBtn label={t('customers.notes.delete')} onClick={() => void remove()}>
              <IconTrash size={15} stroke={1.7} />
            </IconBtn>
          )}
        </span>
      </div>
      {!editing ? (
        <p className={styles.noteBody}>{note.body}</p>
      ) : (
        <NoteEdit note={note} onSaved={refresh} onClose={() => setEditing(false)} />
      )}
    </li>
  );
}
