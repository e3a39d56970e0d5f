import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
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

it('counts the time between keys from when they were pressed', () => {
  render(<Screen hotkeys={[key('g c')]} />);
  const press = (letter: string, at: number) => {
    const event = new KeyboardEvent('keydown', { key: letter, bubbles: true });
    Object.defineProperty(event, 'timeStamp', { value: at });
    document.body.dispatchEvent(event);
  };
  // Between the two the page was drawing for three seconds.
  const now = vi.spyOn(performance, 'now').mockReturnValueOnce(1000).mockReturnValueOnce(4000);

  press('g', 1000);
  press('c', 1080);
  press('g', 5000);
  press('c', 8000);
  now.mockRestore();

  expect(pressed).toEqual(['g c']);
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
