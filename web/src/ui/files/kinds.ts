import {
  IconFile,
  IconFileMusic,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconMovie,
  IconPhoto,
  IconPresentation,
  type Icon,
} from '@tabler/icons-react';
import type { Hue } from '@/lib/hues';

interface Look {
  icon: Icon;
  hue: Hue;
}

const LOOKS: [RegExp, Look][] = [
  [/^image\//, { icon: IconPhoto, hue: 'violet' }],
  [/pdf$/, { icon: IconFileTypePdf, hue: 'red' }],
  [/spreadsheet|excel|csv/, { icon: IconFileSpreadsheet, hue: 'green' }],
  [/presentation|powerpoint/, { icon: IconPresentation, hue: 'orange' }],
  [/^audio\//, { icon: IconFileMusic, hue: 'teal' }],
  [/^video\//, { icon: IconMovie, hue: 'pink' }],
  [/zip|rar|7z/, { icon: IconFileZip, hue: 'amber' }],
  [/^text\/|word|opendocument|rtf/, { icon: IconFileText, hue: 'blue' }],
];

export const lookOf = (type: string | undefined): Look =>
  LOOKS.find(([pattern]) => pattern.test(type ?? ''))?.[1] ?? { icon: IconFile, hue: 'gray' };

// What browsers draw by themselves; the server gives anything else as a download.
const DRAWN = /^image\/(png|jpeg|gif|webp|avif)$/;
export const isPicture = (type: string | undefined) => DRAWN.test(type ?? '');
export const isPreviewed = (type: string | undefined) =>
  isPicture(type) || type === 'application/pdf';

/** Of the input that opens the system's dialog. */
export const acceptOf = (accepts: readonly string[] | undefined): string | undefined =>
  accepts
    ?.map((kind) =>
      kind === 'pdf' ? 'application/pdf' : 'image/png,image/jpeg,image/webp,image/gif',
    )
    .join(',');
