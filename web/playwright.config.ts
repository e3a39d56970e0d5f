import { defineConfig } from '@playwright/test';

// ./dev test starts the product on throw-away data and says where.
const baseURL = process.env.PONTE_E2E_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  testDir: 'e2e',
  workers: 2,
  fullyParallel: true,
  // Generous: a busy machine is slow, and a wrong page stays wrong.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // What passes only at the second try is listed as "flaky": a fault to be found, not a day lost.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['line']],
  use: {
    baseURL,
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    serviceWorkers: 'block',
    // Recording costs a third of the time; what fails is tried once more, and that is recorded.
    trace: 'on-first-retry',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: process.env.PONTE_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ],
    },
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 } } },
    // What a phone shows in another way; the rest is the same there, and asked once.
    {
      name: 'mobile',
      grep: /@phone/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true },
    },
  ],
});
