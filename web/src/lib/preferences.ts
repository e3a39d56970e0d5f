import { read, write } from './storage';
import { signal, useSignal } from './signal';

export interface Preferences {
  theme: 'light' | 'dark' | 'auto';
  density: 'compact' | 'normal' | 'comfortable';
  hotkeys: boolean;
  sidebarCollapsed: boolean | null;
}

const DEFAULTS: Preferences = {
  theme: 'auto',
  density: 'normal',
  hotkeys: true,
  sidebarCollapsed: null,
};

/** How this person likes the screen: kept here for the first paint, and on the server to travel. */
export const preferences = signal<Preferences>({ ...DEFAULTS, ...read('preferences', {}) });

export const usePreferences = (): Preferences => useSignal(preferences);

export function setPreferences(change: Partial<Preferences>): void {
  const next = { ...preferences.get(), ...change };
  preferences.set(next);
  write('preferences', next);
  applyDensity();
}

export function applyDensity(): void {
  document.documentElement.dataset.density = preferences.get().density;
}
