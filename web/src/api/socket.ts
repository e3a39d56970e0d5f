import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Socket } from 'socket.io-client';
import { connection } from './connection';
import { keys } from './keys';
import { createPatcher, type RefreshesOf, type RemoteEvent } from './patches';
import { currentToken, hasSession, refreshSession } from './session';

const GRACE_MS = 2500;

interface Viewer {
  id: string;
  name: string;
}

let socket: Socket | null = null;
let waiting: ((open: Socket) => void)[] = [];

function whenOpen(act: (open: Socket) => void): void {
  if (socket) act(socket);
  else waiting.push(act);
}

/** Opens the realtime connection; call what it returns to close it. */
export function connectRealtime(
  client: QueryClient,
  me: string,
  refreshesOf: RefreshesOf,
): () => void {
  let closed = false;
  void import('socket.io-client').then(({ io }) => {
    if (closed) return;
    socket = io({
      auth: (give) => void tokenForSocket().then((token) => give({ token })),
      reconnectionDelay: 500,
      reconnectionDelayMax: 8000,
    });
    follow(socket, client, createPatcher(client, me, refreshesOf));
    waiting.forEach((act) => act(socket!));
    waiting = [];
  });
  return () => {
    closed = true;
    socket?.disconnect();
    socket = null;
  };
}

async function tokenForSocket(): Promise<string | null> {
  return currentToken() ?? (await refreshSession(null).catch(() => null));
}

type Patcher = ReturnType<typeof createPatcher>;

function follow(open: Socket, client: QueryClient, patcher: Patcher): void {
  let seen = false;
  let revoked = false;
  let timer = 0;

  open.on('connect', () => {
    window.clearTimeout(timer);
    connection.set('online');
    // Events were missed and cannot be replayed, or this person may see other things than before:
    // ask again for what is on the screen.
    const stale = revoked || !open.recovered;
    if (seen && stale) void client.invalidateQueries({ refetchType: 'active' });
    seen = true;
    revoked = false;
  });
  open.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return;
    revoked ||= reason === 'io server disconnect';
    window.clearTimeout(timer);
    timer = window.setTimeout(
      () => connection.set(navigator.onLine ? 'reconnecting' : 'offline'),
      GRACE_MS,
    );
    if (reason === 'io server disconnect') void renew(open);
  });
  open.on('connect_error', (error: Error & { data?: { code?: number } }) => {
    if (error.data?.code === 401) void renew(open);
  });
  open.on('viewers', ({ entity, id, users }: { entity: string; id: string; users: Viewer[] }) =>
    client.setQueryData(keys.viewers(entity, id), users),
  );
  open.onAny((name: string, payload: unknown) => {
    if (name.includes('.')) patcher.take(name, payload as RemoteEvent);
  });
}

async function renew(open: Socket): Promise<void> {
  if (!hasSession()) return;
  const token = await refreshSession(currentToken()).catch(() => null);
  if (token) open.connect();
}

const NOBODY: Viewer[] = [];

/** Tells the others that this record is open here, and who else has it open. */
export function useViewers(entity: string, id: string | undefined): Viewer[] {
  const client = useQueryClient();
  const { data } = useQuery<Viewer[]>({
    queryKey: keys.viewers(entity, id ?? ''),
    queryFn: () => NOBODY,
    enabled: false,
  });
  useEffect(() => {
    if (!id) return;
    const announce = () =>
      socket?.emit('viewing', { entity, id }, (answer?: { users?: Viewer[] }) => {
        if (answer?.users) client.setQueryData(keys.viewers(entity, id), answer.users);
      });
    whenOpen((open) => {
      open.on('connect', announce);
      if (open.connected) announce();
    });
    return () => {
      socket?.off('connect', announce);
      socket?.emit('leaving', { entity, id });
    };
  }, [client, entity, id]);
  return data ?? NOBODY;
}
