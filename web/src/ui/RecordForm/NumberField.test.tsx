import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { NumberField } from './NumberField';

function show(type: string, initial: unknown = null) {
  const heard = vi.fn();
  function Held() {
    const [value, setValue] = useState<unknown>(initial);
    return (
      <NumberField
        type={type}
        label="Valor"
        value={value}
        onChange={(next) => {
          heard(next);
          setValue(next);
        }}
      />
    );
  }
  render(
    <MantineProvider env="test">
      <Held />
    </MantineProvider>,
  );
  return { input: screen.getByLabelText('Valor'), heard };
}

it.each([
  ['money', '1.234,56', 1234.56, 'R$ 1.234,56'],
  ['money', '2500,5', 2500.5, 'R$ 2.500,50'],
  ['number', '0,125', 0.125, '0,125'],
  ['integer', '1.234', 1234, '1.234'],
  ['percentage', '12,5', 12.5, '12,5%'],
  ['percentage', '12.5 %', 12.5, '12,5%'],
])('%s: %s typed key by key is %s', async (type, typed, value, shown) => {
  const { input, heard } = show(type);

  await userEvent.type(input, typed);
  expect(input).toHaveValue(typed);
  await userEvent.tab();

  expect(heard).toHaveBeenLastCalledWith(value);
  expect(input).toHaveValue(shown);
});

it('takes a pasted amount', async () => {
  const { input, heard } = show('money');

  await userEvent.click(input);
  await userEvent.paste('R$ 1.234,56');

  expect(heard).toHaveBeenLastCalledWith(1234.56);
});

it('keeps what it cannot read, for the form to say so', async () => {
  const { input, heard } = show('money', 10);

  await userEvent.clear(input);
  await userEvent.type(input, 'dez');
  await userEvent.tab();

  expect(heard).toHaveBeenLastCalledWith('dez');
  expect(input).toHaveValue('dez');
});
