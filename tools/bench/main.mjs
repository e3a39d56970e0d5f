// ./dev bench: runs what is asked for and writes docs/benchmarks.md.
import { mkdirSync } from 'node:fs';
import { clean, dataFolder, folder, Ponte, stopEverything } from './program.mjs';
import { Report } from './report.mjs';

const parts = ['start', 'fresh', 'requests', 'growth', 'import', 'export', 'jobs', 'listeners', 'calls', 'crowd'];
const args = process.argv.slice(2);
const quick = args.includes('--quick');
const only = args.includes('--only') ? args[args.indexOf('--only') + 1]?.split(',') : undefined;
const names = only ?? parts;
const unknown = names.filter((name) => !parts.includes(name));
if (unknown.length > 0) {
  console.error(`no benchmark is called ${unknown.join(', ')}; there are ${parts.join(', ')}`);
  process.exit(2);
}

const report = new Report();
let ponte;
try {
  mkdirSync(folder, { recursive: true });
  mkdirSync(dataFolder, { recursive: true, mode: 0o711 });
  for (const name of names) {
    console.log(`— ${name}`);
    const module = await import(`./${name}.mjs`);
    if (name === 'crowd') {
      // Memory that earlier parts have left behind would hide what sockets need.
      await ponte?.stop();
      ponte = undefined;
    }
    ponte ??= ['start', 'fresh', 'jobs', 'listeners', 'calls'].includes(name) ? undefined : await Ponte.start();
    ponte = (await module[name](report, { ponte, quick })) ?? ponte;
  }
  await ponte?.stop();
  report.write(only ? `${folder}/benchmarks.md` : 'docs/benchmarks.md', { quick, names: only });
} finally {
  stopEverything();
  clean();
}
