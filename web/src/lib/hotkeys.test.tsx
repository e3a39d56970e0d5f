import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { hotkeyList, useHotkeys, type Hotkey } from './hotkeys';
import { setPreferences } from './preferences';

const pressed: string[] = [];
const key = (keys: string): Hotkey => ({ keys, run: () => pressed.push(keys), label: keys });

function Screen({ hotkeys }: { hotkeys: Hotkey[] }) {
  useHotkeys(hotkeys);
  return <input aria-label="field" />;
}

afterEach(() => {
  pressed.length = 0;
  setPreferences({ hotkeys: true });
});

it('understands sequences, chords and single keys', async () => {
  render(<Screen hotkeys={[key('g c'), key('mod+k'), key('?')]} />);

  await userEvent.keyboard('gc{Control>}k{/Control}?');

  expect(pressed).toEqual(['g c', 'mod+k', '?']);
});

it('is silent while somebody types, except for chords', async () => {
  const { getByLabelText } = render(<Screen hotkeys={[key('j'), key('mod+k')]} />);

  await userEvent.type(getByLabelText('field'), 'j{Control>}k{/Control}');

  expect(pressed).toEqual(['mod+k']);
});

it('can be switched off', async () => {
  setPreferences({ hotkeys: false });
  render(<Screen hotkeys={[key('j'), key('mod+k')]} />);

  await userEvent.keyboard('j{Control>}k{/Control}');

  expect(pressed).toEqual(['mod+k']);
});

it('forgets the keys of a screen that is gone', () => {
  const { unmount } = render(<Screen hotkeys={[key('j')]} />);
  expect(hotkeyList.get().map(({ keys }) => keys)).toEqual(['j']);

  unmount();

  expect(hotkeyList.get()).toEqual([]);
});
