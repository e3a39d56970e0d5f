import { TextInput } from '@mantine/core';
import { isNotEmpty } from '@mantine/form';
import { IconTags } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { isHue, type Hue } from '@/lib/hues';
import { useEditForm } from '@/ui/Edit/useEditForm';
import { HuePicker } from '@/ui/HuePicker';
import { RowText } from '@/ui/PagedList';
import { Tag } from '@/ui/Tag';
import { toast } from '@/ui/toast';
import { Dialog } from './Dialog';
import { NamedList } from './NamedList';
import { createTag, deleteTag, getTag, tagsQuery, updateTag } from './queries';
import { SettingMeanwhile } from './SettingMeanwhile';
import type { Tag as TagRecord } from './types';

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

const KIND = { name: 'tag', plural: 'tags' };
const valuesOf = (tag?: TagRecord) => ({ name: tag?.name ?? '', color: hueOfTag(tag) });

function TagDialog({ tag, onClose }: { tag?: TagRecord; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const saved = async () => {
    await client.invalidateQueries({ queryKey: keys.all('tag') });
    toast.done(t('ui.saved'));
    onClose();
  };
  const { form, edit, busy, failure, submit } = useEditForm({
    live: tag,
    valuesOf,
    validate: { name: isNotEmpty(t('settings.nameMissing')) },
    fetch: tag && (() => getTag(tag.id)),
    create: (values) => createTag(values).then(saved),
    change: (changes, { id, version }) => updateTag(id, changes, version).then(saved),
  });
  const meanwhile = (
    <SettingMeanwhile
      edit={edit}
      of={KIND}
      labels={{ name: t('settings.name'), color: t('settings.tags.color') }}
      texts={{ color: (value) => t(`ui.hue.${String(value)}`) }}
    />
  );
  return (
    <Dialog
      title={tag ? t('settings.tags.edit') : t('settings.tags.new')}
      busy={busy}
      dirty={edit.dirty}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
      meanwhile={meanwhile}
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
