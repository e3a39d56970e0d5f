// ./dev endure: what only time and violence show. Exits with 1 when a promise was broken.
import { mkdirSync } from 'node:fs';
import { clean, dataFolder, stopEverything } from '../bench/program.mjs';

const trials = ['storm', 'steady'];
const args = process.argv.slice(2);
const option = (name, usual) =>
  args.includes(`--${name}`) ? Number(args[args.indexOf(`--${name}`) + 1]) : usual;
const wanted = args.filter((arg) => /^[a-z]/.test(arg));
const unknown = wanted.filter((name) => !trials.includes(name));
if (unknown.length > 0) {
  console.error(`there is no ${unknown.join(', ')}; there are ${trials.join(', ')}`);
  process.exit(2);
}

const broken = [];
try {
  mkdirSync(dataFolder, { recursive: true, mode: 0o711 });
  for (const name of wanted.length > 0 ? wanted : trials) {
    const { trial } = await import(`./${name}.mjs`);
    const options = { kills: option('kills', 40), minutes: option('minutes', 5) };
    for (const line of await trial(options)) {
      console.log(`${line.holds ? 'holds ' : 'BROKEN'}  ${line.text}`);
      if (!line.holds) broken.push(line);
    }
  }
} finally {
  stopEverything();
  clean();
}
process.exit(broken.length > 0 ? 1 : 0);
