import { Button, Menu, Popover } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconRestore,
  IconTag,
  IconTrash,
  IconUserShare,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/me';
import { fieldsOf, type Bulk } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import { BulkAction } from '@/ui/BulkBar';
import { typeOf } from '@/ui/fields';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { LinkInput } from '@/ui/RecordForm/LinkInput';
import { TagsField } from '@/ui/RecordForm/TagsField';
import { countedField } from './listSearch';
import styles from './EntityTable.module.css';

interface BulkActionsProps {
  entity: MetaEntity;
  /** "42 clientes". */
  what: string;
  bin: boolean;
  run: (bulk: Pick<Bulk, 'action' | 'values'>) => void;
}

const icon = { size: 16, stroke: 1.7 };

/** What the declaration allows for many at once: its tags, its owner, its counted choice. */
export function BulkActions({ entity, what, bin, run }: BulkActionsProps) {
  const { t } = useTranslation();
  const may = useCan();
  const [asking, setAsking] = useState(false);
  const fields = fieldsOf(entity).filter(({ readOnly }) => !readOnly);
  const tags = fields.find((field) => field.target && typeOf(field).several);
  const owner = fields.find((field) => typeOf(field).isPerson);
  const choice = fields.find(({ key }) => key === countedField(entity));
  const update = (field: MetaField, value: unknown) =>
    run({ action: 'update', values: { [field.key]: value } });
  if (bin) {
    return may(entity.name, 'delete') ? (
      <BulkAction icon={<IconRestore {...icon} />} onClick={() => run({ action: 'restore' })}>
        {t('records.restore')}
      </BulkAction>
    ) : null;
  }
  return (
    <>
      {may(entity.name, 'update') && (
        <>
          {tags && <TagAction field={tags} onApply={(value) => update(tags, value)} />}
          {owner && <OwnerAction field={owner} onApply={(value) => update(owner, value)} />}
          {choice && choice.options && choice.options.length > 0 && (
            <Menu position="top" withinPortal>
              <Menu.Target>
                <BulkAction icon={<IconAdjustmentsHorizontal {...icon} />}>
                  {t('records.bulk.change', { field: choice.label.toLocaleLowerCase() })}
                </BulkAction>
              </Menu.Target>
              <Menu.Dropdown>
                {choice.options.map(({ value, label }) => (
                  <Menu.Item key={value} onClick={() => update(choice, value)}>
                    {label}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
        </>
      )}
      {may(entity.name, 'delete') && (
        <BulkAction danger icon={<IconTrash {...icon} />} onClick={() => setAsking(true)}>
          {t('ui.delete')}
        </BulkAction>
      )}
      <ConfirmDialog
        opened={asking}
        title={t('records.bulk.deleteTitle', { what })}
        text={t('records.bulk.deleteText')}
        action={t('ui.delete')}
        onConfirm={() => {
          run({ action: 'delete' });
          return Promise.resolve();
        }}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

interface PanelProps {
  label: string;
  icon: ReactNode;
  onApply: () => void;
  disabled: boolean;
  children: ReactNode;
}

function Panel({ label, icon: picture, onApply, disabled, children }: PanelProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="top" width={300} trapFocus>
      <Popover.Target>
        <BulkAction icon={picture} onClick={() => setOpened((open) => !open)}>
          {label}
        </BulkAction>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <form
          className={styles.panel}
          onSubmit={(event) => {
            event.preventDefault();
            setOpened(false);
            onApply();
          }}
        >
          {children}
          <Button type="submit" disabled={disabled}>
            {t('records.filter.apply')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

interface FieldActionProps {
  field: MetaField;
  onApply: (value: unknown) => void;
}

function TagAction({ field, onApply }: FieldActionProps) {
  const { t } = useTranslation();
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const target = field.target ?? '';
  // Upwards: what comes next, and the button, stay in reach.
  const list = { withinPortal: false, position: 'top', middlewares: { flip: false } } as const;
  return (
    <Panel
      label={t('records.bulk.tag')}
      icon={<IconTag {...icon} />}
      disabled={add.length + remove.length === 0}
      onApply={() => {
        onApply({ add, remove });
        setAdd([]);
        setRemove([]);
      }}
    >
      <TagsField
        label={t('records.bulk.tagAdd')}
        target={target}
        value={add}
        onChange={setAdd}
        comboboxProps={list}
      />
      <TagsField
        label={t('records.bulk.tagRemove')}
        target={target}
        value={remove}
        onChange={setRemove}
        existing
        comboboxProps={list}
      />
    </Panel>
  );
}

function OwnerAction({ field, onApply }: FieldActionProps) {
  const { t } = useTranslation();
  const [id, setId] = useState<string | null>(null);
  return (
    <Panel
      label={t('records.bulk.assign')}
      icon={<IconUserShare {...icon} />}
      disabled={false}
      onApply={() => onApply(id)}
    >
      <LinkInput
        label={field.label}
        description={t('records.bulk.assignNobody')}
        target={field.target ?? ''}
        value={id}
        clearable
        onChange={setId}
        comboboxProps={{ withinPortal: false }}
      />
    </Panel>
  );
}
