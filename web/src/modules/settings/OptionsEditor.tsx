import { Button, Input, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { moved } from '@/lib/moved';
import { IconBtn } from '@/ui/IconBtn';
import styles from '@/ui/Settings/Settings.module.css';

interface OptionsEditorProps {
  options: string[];
  error?: ReactNode;
  onChange: (options: string[]) => void;
}

/** The choices of a list field: write, move, remove; Enter adds the next one. */
export function OptionsEditor({ options, error, onChange }: OptionsEditorProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const add = () => {
    onChange([...options, '']);
    // The new input exists after the next paint.
    requestAnimationFrame(() => {
      const inputs = box.current?.querySelectorAll<HTMLInputElement>('input');
      inputs?.[inputs.length - 1]?.focus();
    });
  };
  const change = (index: number, text: string) =>
    onChange(options.map((option, other) => (other === index ? text : option)));
  return (
    <Input.Wrapper label={t('settings.fields.options')} error={error} withAsterisk>
      <div ref={box} className={styles.form}>
        {options.map((option, index) => (
          <div key={index} className={styles.option}>
            <TextInput
              aria-label={t('settings.fields.option', { number: index + 1 })}
              value={option}
              onChange={(event) => change(index, event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
                event.preventDefault();
                add();
              }}
            />
            <IconBtn
              label={t('settings.fields.up')}
              disabled={index === 0}
              onClick={() => onChange(moved(options, index, index - 1))}
            >
              <IconArrowUp size={15} stroke={1.8} />
            </IconBtn>
            <IconBtn
              label={t('settings.fields.down')}
              disabled={index === options.length - 1}
              onClick={() => onChange(moved(options, index, index + 1))}
            >
              <IconArrowDown size={15} stroke={1.8} />
            </IconBtn>
            <IconBtn
              label={t('ui.remove', { name: option })}
              onClick={() => onChange(options.filter((_, other) => other !== index))}
            >
              <IconX size={15} stroke={1.8} />
            </IconBtn>
          </div>
        ))}
        <div>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} stroke={2} />}
            onClick={add}
          >
            {t('settings.fields.addOption')}
          </Button>
        </div>
      </div>
    </Input.Wrapper>
  );
}
