import { useEffect } from 'react';

// Menus, drawers and dialogs hang on the body and are gone when one returns: what counts is the page.
const FLOATING = '[data-portal], [role="dialog"], [role="menu"], [role="alert"]';

let place: HTMLElement | null = null;
/** A cell of a table is found again by its name when it was drawn anew meanwhile. */
let cell: string | null = null;

function note({ target }: FocusEvent): void {
  if (!(target instanceof HTMLElement) || target.closest(FLOATING)) return;
  place = target;
  cell = target.closest<HTMLElement>('[data-cell]')?.dataset.cell ?? null;
}

/** In the shell: knows where on the page the focus is, before any drawer comes. */
export function useFocusPlace(): void {
  useEffect(() => {
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
}

function goBack(): void {
  const focused = document.activeElement;
  // Somebody else has the focus already: another drawer, or where a click went.
  if (focused && focused !== document.body && focused.isConnected) return;
  const again = cell && document.querySelector<HTMLElement>(`[data-cell="${CSS.escape(cell)}"]`);
  const target = place?.isConnected ? place : again || document.getElementById('conteudo');
  target?.focus({ preventScroll: true });
}

/** When what calls this leaves the screen, the focus goes back to where it was on the page. */
export function useReturnFocus(): void {
  useEffect(
    () => () => {
      // After the leaving part is gone, and what it covered can be reached again.
      window.setTimeout(goBack);
    },
    [],
  );
}
