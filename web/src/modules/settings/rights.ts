import { can, type Holder } from '@/lib/permissions';

/** System jobs, the company's settings: the right when it is declared, else administrators. */
export const maySeeJobs = (user: Holder): boolean =>
  user.role === 'admin' || can(user, 'job', 'read');
export const mayChangeCompany = (user: Holder): boolean =>
  user.role === 'admin' || can(user, 'tenant', 'update');
