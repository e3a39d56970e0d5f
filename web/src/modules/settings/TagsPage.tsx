import { isNotEmpty } from '@mantine/form';
import { IconTags } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { isHue, type Hue } from '@/lib/hues';
import { HuePicker } from '@/ui/HuePicker';
import { RowText } from '@/ui/PagedList';
import { SettingDialog } from '@/ui/Settings/SettingDialog';
import { Tag } from '@/ui/Tag';
import { NamedList } from './NamedList';
import { NameInput } from './NameInput';
import { tags, tagsQuery } from './queries';
import type { Tag as TagRecord } from './types';

const hueOfTag = (tag?: TagRecord): Hue => (isHue(tag?.color) ? tag.color : 'blue');

export function TagsPage() {
  return (
    <NamedList
      entity="tag"
      words="settings.tags"
      icon={<IconTags size={24} />}
      query={useInfiniteQuery(tagsQuery)}
      remove={tags.remove}
      dialog={(tag, close) => <TagDialog tag={tag} onClose={close} />}
    >
      {(tag) => <RowText title={<Tag hue={hueOfTag(tag)}>{tag.name}</Tag>} />}
    </NamedList>
  );
}

const valuesOf = (tag?: TagRecord) => ({ name: tag?.name ?? '', color: hueOfTag(tag) });

function TagDialog({ tag, onClose }: { tag?: TagRecord; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SettingDialog
      title={t(tag ? 'settings.tags.edit' : 'settings.tags.new')}
      {...tags}
      live={tag}
      valuesOf={valuesOf}
      validate={{ name: isNotEmpty(t('settings.nameMissing')) }}
      change={tags.update}
      stale={[keys.all('tag')]}
      labels={{ name: t('settings.name'), color: t('settings.tags.color') }}
      texts={{ color: (value) => t(`ui.hue.${String(value)}`) }}
      onClose={onClose}
    >
      {(form) => (
        <>
          <NameInput {...form.getInputProps('name')} />
          <HuePicker
            label={t('settings.tags.color')}
            value={form.values.color}
            onChange={(color) => form.setFieldValue('color', color)}
          />
          <div>
            <Tag hue={form.values.color}>{form.values.name || t('settings.tags.sample')}</Tag>
          </div>
        </>
      )}
    </SettingDialog>
  );
}
