export interface Device {
  browser?: string;
  system?: string;
  phone: boolean;
}

// The order matters: every browser also claims to be the ones below it.
const BROWSERS: [string, RegExp][] = [
  ['Edge', /Edg(e|A|iOS)?\//],
  ['Opera', /OPR\//],
  ['Samsung Internet', /SamsungBrowser\//],
  ['Firefox', /(Firefox|FxiOS)\//],
  ['Chrome', /(Chrome|CriOS|Chromium)\//],
  ['Safari', /Safari\//],
];
const SYSTEMS: [string, RegExp][] = [
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux|X11/],
];

/** What a user-agent line tells a person. */
export function deviceOf(userAgent: string): Device {
  const named = (list: [string, RegExp][]) =>
    list.find(([, pattern]) => pattern.test(userAgent))?.[0];
  return {
    browser: named(BROWSERS),
    system: named(SYSTEMS),
    phone: /Mobile|Android|iPhone/.test(userAgent),
  };
}
