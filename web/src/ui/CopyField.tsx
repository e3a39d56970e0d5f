import { TextInput } from '@mantine/core';
import { CopyButton } from './CopyButton';
import styles from './CopyField.module.css';

interface CopyFieldProps {
  label: string;
  /** How long it holds, and who may see it. */
  text?: string;
  value: string;
  /** The verb on the button. */
  action: string;
}

/** Something to take along that is shown this once: a link, a secret. */
export function CopyField({ label, text, value, action }: CopyFieldProps) {
  return (
    <div className={styles.field}>
      <TextInput
        label={label}
        description={text}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton text={value} label={action} />
    </div>
  );
}
