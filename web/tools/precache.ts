import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rollup } from 'vite';

const ALWAYS = ['/', '/icon.svg', '/manifest.webmanifest'];
// What the first screen behind the door and the door itself need.
const SCREENS = /(routes\/(_app|entrar|_app\/clientes\.index)\.tsx|i18n\/(pt-BR|en)\/index\.ts)/;
const FONT = /inter-latin-wght/;

/** Writes into dist/sw.js what the service worker keeps: the page and what it loads at once. */
export function precacheList(): Plugin {
  let outDir = 'dist';
  let files: string[] = [];
  return {
    name: 'ponte-precache-list',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir;
    },
    writeBundle(_, bundle) {
      files = [...ALWAYS, ...[...filesOf(bundle)].map((name) => `/${name}`)];
    },
    closeBundle() {
      const worker = join(outDir, 'sw.js');
      const page = readFileSync(join(outDir, 'index.html'));
      const hash = createHash('sha256').update(page).update(files.join());
      const version = hash.digest('hex').slice(0, 12);
      const text = readFileSync(worker, 'utf8')
        .replace("'PONTE_VERSION'", JSON.stringify(version))
        .replace("['PONTE_FILES']", JSON.stringify(files));
      writeFileSync(worker, text);
    },
  };
}

function filesOf(bundle: Rollup.OutputBundle): Set<string> {
  const kept = new Set<string>();
  const keep = (name: string) => {
    const file = bundle[name];
    if (!file || kept.has(name)) return;
    kept.add(name);
    if (file.type !== 'chunk') return;
    file.viteMetadata?.importedCss.forEach((css) => kept.add(css));
    file.imports.forEach(keep);
  };
  for (const [name, file] of Object.entries(bundle)) {
    const wanted =
      file.type === 'chunk'
        ? file.isEntry || SCREENS.test(file.facadeModuleId ?? '')
        : FONT.test(name);
    if (wanted) keep(name);
  }
  return kept;
}
