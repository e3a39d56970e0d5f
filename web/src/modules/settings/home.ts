import {
  IconAlertTriangle,
  IconBuilding,
  IconForms,
  IconMailCog,
  IconMailExclamation,
  IconRefreshAlert,
  IconUpload,
  IconUserPlus,
} from '@tabler/icons-react';
import { queryOptions } from '@tanstack/react-query';
import { totalIn, totalQuery } from '@/api/figures';
import { api, unwrap } from '@/api/client';
import { keys } from '@/api/keys';
import type { Import } from '@/api/types';
import { importOf, type Target } from '@/lib/addresses';
import { daysAfter } from '@/lib/dates';
import { isoDay } from '@/lib/format';
import { can, type Holder } from '@/lib/permissions';
import type { HomeParts, Step, Wait, Waiting } from '@/ui/Home/parts';
import { MAIL, OUTBOX } from './addresses';
import { customFields, mails, settingsOfModuleQuery, tenantQuery, users } from './queries';
import { maySeeJobs } from './rights';

const IMPORTS: string = '/config/importacoes';
const OPERATIONS: string = '/config/operacoes';
const JOBS: string = '/config/trabalhos';
/** What nobody looked at for longer is no news. */
const RECENT_DAYS = 7;

const since = () => daysAfter(isoDay(new Date()), -RECENT_DAYS);
const isRecent = ({ createdAt }: { createdAt: string }) => isoDay(createdAt) >= since();
const isAdmin = (user: Holder) => user.role === 'admin';

const importsQuery = (state: 'failed' | 'done') =>
  queryOptions({
    queryKey: keys.list('import', { state, latest: true }),
    queryFn: () => unwrap(api.GET('/api/v1/imports', { params: { query: { limit: 50, state } } })),
  });
const failedOperationsQuery = queryOptions({
  queryKey: keys.list('operation', { failed: true }),
  queryFn: () =>
    unwrap(api.GET('/api/v1/operations', { params: { query: { limit: 50, state: 'failed' } } })),
});
const deadJobsQuery = queryOptions({
  queryKey: keys.list('job', { dead: true }),
  queryFn: () =>
    unwrap(api.GET('/api/v1/jobs', { params: { query: { limit: 1, state: 'dead' } } })),
});

/** One is opened, of several their list. */
export function importsThat(rows: Import[], isWanted: (row: Import) => boolean): Waiting {
  const wanted = rows.filter((row) => isRecent(row) && isWanted(row));
  const [only] = wanted;
  const to: Target =
    wanted.length === 1 && only
      ? { to: importOf(only.entity), search: { id: only.id } }
      : { to: IMPORTS };
  return { count: wanted.length, to };
}

const ofImports = (
  key: string,
  look: Pick<Wait, 'icon' | 'hue'>,
  state: 'failed' | 'done',
  isWanted: (row: Import, user: Holder) => boolean,
): Wait => ({
  ...{ key: `import.${key}`, label: `settings.home.${key}`, ...look },
  isFor: (user) => can(user, 'contact', 'import') || can(user, 'product', 'import'),
  asked: (user) => ({
    ...importsQuery(state),
    select: ({ data }) => importsThat(data, (row) => isWanted(row, user)),
  }),
});

const waits: Wait[] = [
  ofImports(
    'importsFailed',
    { icon: IconAlertTriangle, hue: 'red' },
    'failed',
    ({ createdBy }, user) => createdBy === user.id || isAdmin(user),
  ),
  // Somebody tried a file and has not brought it in.
  ofImports(
    'importsTried',
    { icon: IconUpload, hue: 'blue' },
    'done',
    ({ dryRun, createdBy }, user) => dryRun && createdBy === user.id,
  ),
  {
    ...{ key: 'operations', icon: IconAlertTriangle, hue: 'red', isFor: isAdmin },
    label: 'settings.home.operationsFailed',
    asked: () => ({
      ...failedOperationsQuery,
      select: ({ data }) => ({ count: data.filter(isRecent).length, to: { to: OPERATIONS } }),
    }),
  },
  {
    ...{ key: 'mail', icon: IconMailExclamation, hue: 'amber' },
    isFor: (user) => isAdmin(user) && can(user, 'mail', 'read'),
    label: 'settings.home.mailsHeld',
    asked: () => ({
      ...totalQuery(mails.kind, {
        and: [
          { field: 'state', op: 'any_of', value: ['held', 'refused'] },
          { field: 'createdAt', op: 'last_days', value: RECENT_DAYS },
        ],
      }),
      select: (page) => ({ count: totalIn(page), to: { to: OUTBOX } }),
    }),
  },
  {
    ...{ key: 'jobs', icon: IconRefreshAlert, hue: 'red', isFor: maySeeJobs },
    label: 'settings.home.jobsDead',
    asked: () => ({
      ...deadJobsQuery,
      select: ({ pagination }) => ({ count: pagination.total ?? 0, to: { to: JOBS } }),
    }),
  },
];

type Where = Pick<Step, 'order' | 'icon' | 'to'>;
const step = (key: string, where: Where, asked: Step['asked']): Step => ({
  ...{ key, ...where, asked, isFor: isAdmin },
  label: `settings.home.${key}`,
  text: `settings.home.${key}Text`,
});

/** What stopped and should be looked at, and what a new company sets up first. */
export const home: HomeParts = {
  waits,
  steps: [
    // Whoever saved it once has looked at it.
    step('company', { order: 1, icon: IconBuilding, to: '/config/empresa' }, () => ({
      ...tenantQuery,
      select: ({ logoId, version }) => logoId !== null || version > 1,
    })),
    step('invite', { order: 2, icon: IconUserPlus, to: '/config/usuarios' }, () => ({
      ...totalQuery(users.kind),
      select: (page) => totalIn(page) > 1,
    })),
    step('field', { order: 4, icon: IconForms, to: '/config/campos' }, () => ({
      ...totalQuery(customFields.kind),
      select: (page) => totalIn(page) > 0,
    })),
    step('mail', { order: 5, icon: IconMailCog, to: MAIL }, () => ({
      ...settingsOfModuleQuery('mail'),
      select: ({ provider, version }) => provider !== 'installation' || version > 1,
    })),
  ],
};
