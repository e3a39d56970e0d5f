import { useEffect, useRef } from 'react';
import { preferences } from './preferences';
import { signal } from './signal';

export interface Hotkey {
  /** "g c" is a sequence, "mod+k" a chord (Ctrl or ⌘); letters are given in lower case. */
  keys: string;
  run: (event: KeyboardEvent) => void;
  /** Shown in the sheet that `?` opens; without it the key stays secret. */
  label?: string;
  group?: string;
}

const SEQUENCE_MS = 900;
let registered: Hotkey[][] = [];
export const hotkeyList = signal<Hotkey[]>([]);

function publish(): void {
  const byKeys = new Map<string, Hotkey>();
  registered.flat().forEach((hotkey) => byKeys.set(hotkey.keys, hotkey));
  hotkeyList.set([...byKeys.values()]);
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="textbox"]')) return true;
  if (target instanceof HTMLInputElement) {
    return !['checkbox', 'radio', 'button', 'range', 'file'].includes(target.type);
  }
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function stroke(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return (mod ? 'mod+' : '') + (mod && event.shiftKey ? 'shift+' : '') + key;
}

const dialogIsOpen = () =>
  document.querySelector('[role="dialog"][aria-modal="true"],[role="menu"]') !== null;

let pending = '';
let pendingAt = 0;

function listen(event: KeyboardEvent): void {
  const pressed = stroke(event);
  const chord = pressed.startsWith('mod+');
  if (event.defaultPrevented || event.altKey) return;
  if (!chord && (isTyping(event.target) || !preferences.get().hotkeys || dialogIsOpen())) return;
  // When it was pressed, not when a busy page came round to it.
  const now = event.timeStamp;
  const sequence = pending && now - pendingAt < SEQUENCE_MS ? `${pending} ${pressed}` : '';
  pending = '';
  const all = registered.flat().reverse();
  const found =
    all.find((hotkey) => hotkey.keys === sequence) ?? all.find((hotkey) => hotkey.keys === pressed);
  if (found) {
    event.preventDefault();
    found.run(event);
  } else if (all.some((hotkey) => hotkey.keys.startsWith(`${pressed} `))) {
    pending = pressed;
    pendingAt = now;
  }
}

/** Keys of a screen, alive while it is shown; the newest screen wins. */
export function useHotkeys(hotkeys: Hotkey[]): void {
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  const shape = hotkeys.map(({ keys, label, group }) => `${keys}|${label}|${group}`).join('\n');
  useEffect(() => {
    const entry = latest.current.map((hotkey, index) => ({
      ...hotkey,
      run: (event: KeyboardEvent) => latest.current[index]?.run(event),
    }));
    if (registered.length === 0) window.addEventListener('keydown', listen);
    registered = [...registered, entry];
    publish();
    return () => {
      registered = registered.filter((other) => other !== entry);
      if (registered.length === 0) window.removeEventListener('keydown', listen);
      publish();
    };
  }, [shape]);
}

export const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);
