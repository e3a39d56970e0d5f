/** Lengths of time: whole seconds for the server, hours and minutes for people. */
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A hundred years; the server takes no more. */
const LONGEST = 3_155_760_000;

// Both languages everywhere: who reads Portuguese pastes what English programs write.
const UNITS: [seconds: number, names: RegExp][] = [
  [DAY, /^(d|dias?|days?)$/],
  [HOUR, /^(h|hrs?|hs|horas?|hours?)$/],
  [MINUTE, /^(m|mins?|minutos?|minutes?)$/],
  [1, /^(s|segs?|segundos?|secs?|seconds?)$/],
];
const unitOf = (name: string) => UNITS.find(([, names]) => names.test(name))?.[0];
const SMALLER = new Map([
  [DAY, HOUR],
  [HOUR, MINUTE],
  [MINUTE, 1],
]);

/** 1:30 is of hours and minutes, 0:01:30 has seconds as well. */
function clock(text: string): number | undefined {
  const match = /^(\d+):([0-5]\d)(?::([0-5]\d))?\s*hs?$|^(\d+):([0-5]\d)(?::([0-5]\d))?$/.exec(
    text,
  );
  if (!match) return undefined;
  const [hours, minutes, seconds = '0'] = match.slice(1).filter((part) => part !== undefined);
  return Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds);
}

/** "1,5 h" is 5400; what is no whole number of seconds is nothing. */
function secondsIn(number: string, unit: number): number | undefined {
  const [whole = '', fraction = ''] = number.split(/[.,]/);
  const parts = 10 ** fraction.length;
  const seconds = (Number(whole + fraction) * unit) / parts;
  return fraction.length <= 4 && Number.isInteger(seconds) ? seconds : undefined;
}

function inUnits(text: string): number | undefined {
  const piece = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)\.?\s*(?:(?:e|and|,)\s+)?/;
  let [sum, former, rest] = [0, 0, text];
  while (rest !== '') {
    const match = piece.exec(rest);
    if (!match) return undefined;
    const [all, number = '', name] = match;
    // A number alone is of minutes; behind another one it counts what that is made of: 1h30.
    const unit = name ? unitOf(name) : former === 0 ? MINUTE : SMALLER.get(former);
    if (unit === undefined || (former !== 0 && unit >= former)) return undefined;
    const seconds = secondsIn(number, unit);
    if (seconds === undefined) return undefined;
    sum += seconds;
    former = unit;
    rest = rest.slice(all.length);
  }
  return sum;
}

/**
 * Seconds of what people type: "1h30", "1:30", "90 min", "1,5 h", "2 dias", "45" (minutes).
 * Null for nothing, undefined for what cannot be read.
 */
export function parseDuration(typed: string): number | null | undefined {
  const text = typed.trim().toLowerCase().replace(/\s+/g, ' ');
  if (text === '') return null;
  const seconds = text.includes(':') ? clock(text) : inUnits(text);
  return seconds !== undefined && seconds <= LONGEST ? seconds : undefined;
}
