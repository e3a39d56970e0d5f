import './styles/tokens.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './styles/fonts.css';
import './styles/base.css';
import './styles/mantine.css';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { Providers } from '@/app/Providers';
import { router } from '@/app/router';
import { startServiceWorker } from '@/app/serviceWorker';
import { startI18n } from '@/i18n';
import { applyDensity } from '@/lib/preferences';

// A page that was open during a deploy asks for files that are gone: once, load the new page.
window.addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('ponte.reloaded'));
  if (!navigator.onLine || Date.now() - last < 60_000) return;
  sessionStorage.setItem('ponte.reloaded', String(Date.now()));
  location.reload();
});

applyDensity();
void startI18n().then(() => {
  createRoot(document.getElementById('root')!).render(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  );
  startServiceWorker();
});
