import type { FocusEvent, KeyboardEvent, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';

function NothingFound() {
  const { t } = useTranslation();
  return t('records.link.nothing');
}

// What stands in the box is the last answer: the first letter of the next question replaces it.
function selectText({ currentTarget: box }: FocusEvent | MouseEvent): void {
  if (!(box instanceof HTMLInputElement) || box.readOnly) return;
  if (box.selectionStart === box.selectionEnd) box.select();
}

/** While a list is open Enter answers the list, also an empty one, and never the form behind it. */
export function keepEnter(event: KeyboardEvent): void {
  const isOpen = event.currentTarget.hasAttribute('aria-controls');
  if (event.key === 'Enter' && isOpen) event.preventDefault();
}

/** How every list to choose from behaves; a place of its own may say otherwise. */
export const multiSelectDefaults = {
  nothingFoundMessage: <NothingFound />,
  selectFirstOptionOnChange: true,
  // The list itself scrolls, which its input steers; a box around it nobody could reach.
  withScrollArea: false,
  onKeyDown: keepEnter,
};
export const selectDefaults = {
  ...multiSelectDefaults,
  onFocus: selectText,
  onClick: selectText,
};
