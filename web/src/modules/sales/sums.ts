import type { FormValues } from '@/ui/Edit/values';

// As the server counts: prices in cents, quantities to four places, discounts to two.
const CENTS = 100;
const PLACES = 10_000;
const FULL = 100 * CENTS;
const UNIT = BigInt(PLACES * FULL);
// Beyond this no field takes it.
const MOST = 1e11;

const isNumber = (value: unknown) => Math.abs(Number(value ?? 0)) < MOST;
const whole = (value: unknown, parts: number) => BigInt(Math.round(Number(value ?? 0) * parts));

/** What an item costs: its quantity at its price, less the discount in percent; half a cent is one. */
export function itemTotal({ quantity, unitPrice, discount }: FormValues): number | null {
  if (![quantity, unitPrice, discount].every(isNumber)) return NaN;
  // No price yet, no total.
  if (quantity === null || unitPrice === null) return null;
  const left = BigInt(FULL) - whole(discount, CENTS);
  const amount = whole(unitPrice, CENTS) * whole(quantity, PLACES) * left;
  return Number((amount + UNIT / 2n) / UNIT) / CENTS;
}

/** What a proposal comes to, cent by cent. */
export const proposalTotal = ({ items }: FormValues): number =>
  ((items ?? []) as FormValues[])
    .map((item) => itemTotal(item) ?? 0)
    .reduce((cents, total) => cents + Math.round(total * CENTS), 0) / CENTS;
