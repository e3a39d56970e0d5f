import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Writes into dist/sw.js what the service worker keeps: the page and what it loads at once. */
export function precacheList(): Plugin {
  let outDir = 'dist';
  const files = new Set(['/', '/icon.svg', '/manifest.webmanifest']);
  return {
    name: 'ponte-precache-list',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir;
    },
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk' && file.isEntry) {
          [file.fileName, ...file.imports].forEach((name) => files.add(`/${name}`));
        } else if (/(inter-latin-wght|^assets\/(index|main)-.*\.css$)/.test(file.fileName)) {
          files.add(`/${file.fileName}`);
        }
      }
    },
    closeBundle() {
      const worker = join(outDir, 'sw.js');
      const page = readFileSync(join(outDir, 'index.html'));
      const version = createHash('sha256').update(page).digest('hex').slice(0, 12);
      const text = readFileSync(worker, 'utf8')
        .replace("'PONTE_VERSION'", JSON.stringify(version))
        .replace("['PONTE_FILES']", JSON.stringify([...files]));
      writeFileSync(worker, text);
    },
  };
}
