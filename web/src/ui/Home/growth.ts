/** Against the number before, as a share of it; without one before there is nothing to say. */
export const growthOf = (count: number, before: number | undefined): number | undefined =>
  before ? (count - before) / before : undefined;

/** A line through the values, from left to right, in a box of this size. */
export function lineOf(values: number[], width: number, height: number): string {
  const most = Math.max(...values);
  const least = Math.min(...values);
  const step = width / Math.max(values.length - 1, 1);
  // Without a difference the line runs through the middle.
  const up = (value: number) => (most === least ? 0.5 : (value - least) / (most - least));
  return values
    .map((value, index) => {
      const x = Math.round(index * step * 10) / 10;
      const y = Math.round((1 - up(value)) * height * 10) / 10;
      return `${index === 0 ? 'M' : 'L'}${x} ${y}`;
    })
    .join('');
}
