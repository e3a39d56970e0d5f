// What a visitor waits for, gzipped, against the budget; `npm run build` comes before.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const KB = 1000;
const dist = new URL('../dist/', import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
const size = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;

/** A chunk with everything that it imports at once, as files. */
function closure(names, seen = new Set()) {
  for (const name of names) {
    const chunk = manifest[name];
    if (!chunk || seen.has(chunk.file)) continue;
    seen.add(chunk.file);
    (chunk.css ?? []).forEach((file) => seen.add(file));
    closure(chunk.imports ?? [], seen);
  }
  return seen;
}

const sum = (files, end) =>
  [...files].filter((file) => file.endsWith(end)).reduce((total, file) => total + size(file), 0);

const entry = closure(['index.html']);
const rows = [
  ['entry JS', sum(entry, '.js'), 233],
  ['entry CSS', sum(entry, '.css'), 55],
];
const routes = {
  'list: /clientes': [['ui/EntityPage/EntityPage', 'customers/customerList'], 70],
  'profile: /clientes/$id': [['customers/profile/ProfilePage'], 30],
};
const shell = closure(
  Object.keys(manifest).filter((name) => /routes\/_app\.tsx/.test(name)),
  new Set(entry),
);
for (const [label, [parts, limit]] of Object.entries(routes)) {
  const names = parts.map((part) => Object.keys(manifest).find((name) => name.includes(part)));
  if (names.includes(undefined)) throw new Error(`no chunk for ${label}`);
  const own = [...closure(names, new Set(shell))].filter((file) => !shell.has(file));
  rows.push([label, sum(own, '.js'), limit]);
}

let over = false;
for (const [label, bytes, limit] of rows) {
  const fits = bytes <= limit * KB;
  over ||= !fits;
  console.log(`${fits ? 'ok  ' : 'OVER'} ${label}: ${(bytes / KB).toFixed(1)} of ${limit} kB`);
}
process.exit(over ? 1 : 0);
