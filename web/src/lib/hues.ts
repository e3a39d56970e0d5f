export const HUES = [
  'gray',
  'blue',
  'green',
  'amber',
  'red',
  'violet',
  'teal',
  'orange',
  'pink',
] as const;
export type Hue = (typeof HUES)[number];

export const isHue = (value: unknown): value is Hue => HUES.includes(value as Hue);

/** The same name always gets the same colour; gray is kept for "nobody". */
export function hueOf(text: string): Hue {
  let hash = 0;
  for (const letter of text) hash = (hash * 31 + letter.codePointAt(0)!) >>> 0;
  return HUES[1 + (hash % (HUES.length - 1))]!;
}
