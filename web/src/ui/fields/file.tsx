import { IconPaperclip } from '@tabler/icons-react';
import { Suspense } from 'react';
import { soon } from '@/lib/soon';
import type { FieldType, ShownProps } from './type';

const FileShown = soon(async () => (await import('./FileShown')).FileShown);

/** A file that belongs to the record. Its value is the file's id; answers tell of it beside. */
export const file: FieldType = {
  icon: IconPaperclip,
  width: 200,
  atOnce: true,
  filed: true,
  text: (value, { titleOf }) => titleOf(value) ?? '…',
  Shown: (props: ShownProps) => (
    <Suspense>
      <FileShown {...props} />
    </Suspense>
  ),
  Input: soon(async () => (await import('./FileInput')).FileInput),
  ops: ['empty', 'not_empty'],
};
