import { TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { IconPlus, IconTags } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useCan } from '@/api/me';
import type { Tag as TagRecord } from '@/api/types';
import { isHue, type Hue } from '@/lib/hues';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { EmptyState } from '@/ui/EmptyState';
import { HuePicker } from '@/ui/HuePicker';
import { HeaderButton } from '@/ui/HeaderButton';
import { PagedList, RowText } from '@/ui/PagedList';
import { Tag } from '@/ui/Tag';
import { toast } from '@/ui/toast';
import { useSubmit } from '@/ui/useSubmit';
import { Dialog } from './Dialog';
import { deleteTag, saveTag, tagsQuery } from './queries';
import { RowActions } from './RowActions';
import { SettingsPage } from './SettingsPage';

const hueOfTag = (tag?: TagRecord): Hue => (isHue(tag?.color) ? tag.color : 'blue');

export function TagsPage() {
  const { t } = useTranslation();
  const may = useCan();
  const client = useQueryClient();
  const query = useInfiniteQuery(tagsQuery);
  const [edited, setEdited] = useState<TagRecord | 'new' | null>(null);
  const [doomed, setDoomed] = useState<TagRecord | null>(null);
  const add = (
    <HeaderButton
      primary
      icon={<IconPlus size={16} stroke={2} />}
      label={t('settings.tags.new')}
      onClick={() => setEdited('new')}
    />
  );
  const remove = async (tag: TagRecord) => {
    await deleteTag(tag.id);
    await client.invalidateQueries({ queryKey: keys.lists('tag') });
    toast.done(t('settings.tags.deleted', { name: tag.name }));
  };
  return (
    <SettingsPage
      title={t('settings.tags.title')}
      text={t('settings.tags.intro')}
      action={may('tag', 'create') && add}
    >
      <PagedList
        query={query}
        label={t('settings.tags.title')}
        subject={t('settings.tags.subject')}
        empty={
          <EmptyState icon={<IconTags size={24} />} title={t('settings.tags.empty')}>
            {t('settings.tags.emptyText')}
          </EmptyState>
        }
      >
        {(tag) => (
          <>
            <RowText title={<Tag hue={hueOfTag(tag)}>{tag.name}</Tag>} />
            <RowActions
              name={tag.name}
              onEdit={may('tag', 'update') && (() => setEdited(tag))}
              onDelete={may('tag', 'delete') && (() => setDoomed(tag))}
            />
          </>
        )}
      </PagedList>
      {edited && (
        <TagDialog tag={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />
      )}
      <ConfirmDialog
        opened={doomed !== null}
        title={t('settings.tags.deleteTitle', { name: doomed?.name })}
        text={t('settings.tags.deleteText')}
        action={t('ui.delete')}
        onConfirm={() => (doomed ? remove(doomed) : Promise.resolve())}
        onClose={() => setDoomed(null)}
      />
    </SettingsPage>
  );
}

function TagDialog({ tag, onClose }: { tag?: TagRecord; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { name: tag?.name ?? '', color: hueOfTag(tag) },
    validate: { name: isNotEmpty(t('settings.nameMissing')) },
  });
  const { busy, failure, submit } = useSubmit(form, async (values) => {
    await saveTag(tag?.id, values);
    await client.invalidateQueries({ queryKey: keys.all('tag') });
    toast.done(t('ui.saved'));
    onClose();
  });
  return (
    <Dialog
      title={tag ? t('settings.tags.edit') : t('settings.tags.new')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('settings.name')}
        withAsterisk
        data-autofocus
        {...form.getInputProps('name')}
      />
      <HuePicker
        label={t('settings.tags.color')}
        value={form.values.color}
        onChange={(color) => form.setFieldValue('color', color)}
      />
      <div>
        <Tag hue={form.values.color}>{form.values.name || t('settings.tags.sample')}</Tag>
      </div>
    </Dialog>
  );
}
