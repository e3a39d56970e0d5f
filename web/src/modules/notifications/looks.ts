import {
  IconAlertTriangle,
  IconBell,
  IconCircleCheck,
  IconCircleX,
  IconFileExport,
  IconListCheck,
  IconUpload,
  IconUserShare,
  type Icon,
} from '@tabler/icons-react';

interface Looks {
  icon: Icon;
  hue: 'blue' | 'green' | 'amber' | 'red' | 'gray';
  /** Where it is seen, when that is no record. */
  to?: string;
}

const IMPORTS = '/config/importacoes';
const EXPORTS = '/config/exportacoes';
const OPERATIONS = '/config/operacoes';
const JOBS = '/config/trabalhos';

const looks: Record<string, Looks> = {
  'record.assigned': { icon: IconUserShare, hue: 'blue' },
  'proposal.accepted': { icon: IconCircleCheck, hue: 'green' },
  'proposal.rejected': { icon: IconCircleX, hue: 'red' },
  'import.finished': { icon: IconUpload, hue: 'green', to: IMPORTS },
  'import.failed': { icon: IconUpload, hue: 'red', to: IMPORTS },
  'export.finished': { icon: IconFileExport, hue: 'green', to: EXPORTS },
  'export.failed': { icon: IconFileExport, hue: 'red', to: EXPORTS },
  'operation.finished': { icon: IconListCheck, hue: 'green', to: OPERATIONS },
  'operation.failed': { icon: IconListCheck, hue: 'red', to: OPERATIONS },
  'listener.stopped': { icon: IconAlertTriangle, hue: 'amber', to: JOBS },
  'webhook.paused': { icon: IconAlertTriangle, hue: 'amber' },
};

/** What nobody gave looks of its own is a bell. */
export const looksOf = (kind: string): Looks => looks[kind] ?? { icon: IconBell, hue: 'gray' };
