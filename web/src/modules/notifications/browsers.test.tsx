// Where one is told while no page is open: asked of the browser, known to the server.
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { serve, showPage } from '@/testing/page';
import { Browsers } from './Browsers';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';
const other = { id: 'b1', agent: CHROME, current: false, createdAt: '2026-11-20T12:00:00Z' };

afterEach(() => vi.unstubAllGlobals());

function browserThat(says: NotificationPermission) {
  const keys = { endpoint: 'https://push.exemplo/1', keys: { p256dh: 'p', auth: 'a' } };
  const subscription = { toJSON: () => keys, unsubscribe: vi.fn(async () => true) };
  const subscribe = vi.fn(async () => subscription);
  const pushManager = { getSubscription: async () => null, subscribe };
  vi.stubGlobal('PushManager', class {});
  vi.stubGlobal('Notification', { permission: 'default', requestPermission: async () => says });
  Object.defineProperty(navigator, 'serviceWorker', {
    configurable: true,
    value: { getRegistration: async () => ({ pushManager }) },
  });
  return subscribe;
}

it('adds this browser once the person lets it', async () => {
  const subscribe = browserThat('granted');
  const heard = serve(({ method, path }) =>
    path.endsWith('/push') && method === 'GET'
      ? [200, { publicKey: 'BKey', data: [other] }]
      : undefined,
  );
  showPage(<Browsers />);

  expect(await screen.findByText('Chrome · Linux')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Avisar neste navegador' }));

  await waitFor(() =>
    expect(heard.find(({ method }) => method === 'POST')?.body).toEqual({
      endpoint: 'https://push.exemplo/1',
      p256dh: 'p',
      auth: 'a',
    }),
  );
  expect(subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey: 'BKey' });
});

it('says what to do where the browser was told not to', async () => {
  browserThat('denied');
  const heard = serve(() => [200, { publicKey: 'BKey', data: [] }]);
  showPage(<Browsers />);

  await userEvent.click(await screen.findByRole('button', { name: 'Avisar neste navegador' }));

  expect(await screen.findByText(/não deixa o Ponte avisar/)).toBeVisible();
  expect(heard.some(({ method }) => method === 'POST')).toBe(false);
});

it('another browser is let go from here', async () => {
  browserThat('granted');
  const heard = serve(({ method }) =>
    method === 'GET' ? [200, { publicKey: 'BKey', data: [other] }] : undefined,
  );
  showPage(<Browsers />);

  await userEvent.click(
    await screen.findByRole('button', { name: 'Parar de avisar em Chrome · Linux' }),
  );

  await waitFor(() =>
    expect(heard.find(({ method }) => method === 'DELETE')?.path).toBe(
      '/api/v1/notifications/push/b1',
    ),
  );
});
