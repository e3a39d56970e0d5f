import { soon } from '@/lib/soon';
import type { WebModule } from '@/ui/screens';
import { accounts } from './accounts/screens';
import { connections } from './connections/screens';
import { customers } from './customers/screens';
import { notifications } from './notifications/screens';
import { sales } from './sales/screens';
import { settings } from './settings/screens';
import { webhooks } from './webhooks/screens';

/** What the product shows, a line a capability: the menu, search, keys and live updates read this. */
export const modules: WebModule[] = [
  customers,
  sales,
  accounts,
  settings,
  connections,
  webhooks,
  notifications,
];

export { InboxPage } from './notifications/screens';

/** Spreadsheets of whatever may be imported. */
export const ImportPage = soon(async () => (await import('./imports/ImportPage')).ImportPage);
