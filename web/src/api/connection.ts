import { signal } from '@/lib/signal';

export type Connection = 'online' | 'reconnecting' | 'offline';

/** What the amber strip tells. */
export const connection = signal<Connection>(navigator.onLine ? 'online' : 'offline');

window.addEventListener('offline', () => connection.set('offline'));
window.addEventListener('online', () => connection.set('online'));
