import { TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { IconTags } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import type { Tag as TagRecord } from '@/api/types';
import { isHue, type Hue } from '@/lib/hues';
import { HuePicker } from '@/ui/HuePicker';
import { RowText } from '@/ui/PagedList';
import { Tag } from '@/ui/Tag';
import { toast } from '@/ui/toast';
import { useSubmit } from '@/ui/useSubmit';
import { Dialog } from './Dialog';
import { NamedList } from './NamedList';
import { deleteTag, saveTag, tagsQuery } from './queries';

const hueOfTag = (tag?: TagRecord): Hue => (isHue(tag?.color) ? tag.color : 'blue');

export function TagsPage() {
  return (
    <NamedList
      entity="tag"
      words="settings.tags"
      icon={<IconTags size={24} />}
      query={useInfiniteQuery(tagsQuery)}
      remove={deleteTag}
      dialog={(tag, close) => <TagDialog tag={tag} onClose={close} />}
    >
      {(tag) => <RowText title={<Tag hue={hueOfTag(tag)}>{tag.name}</Tag>} />}
    </NamedList>
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
