// The page docs/benchmarks.md: what was measured, beside what, and whether it keeps its budget.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

const shown = (value) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));

// What people wrote below this heading stays there.
const heading = '\n## Why some are missed\n';
function explanationIn(file) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const at = text.indexOf(heading);
  return at < 0 ? '' : text.slice(at);
}

export class Report {
  rows = [];
  sizes = [];
  notes = [];

  row(what, ours, yardstick, ratio, budget, isMet) {
    this.rows.push({ what, ours, yardstick, ratio, budget, isMet });
    console.log(`${isMet ? 'met   ' : 'MISSED'} ${what}: ${ours}; ${yardstick}; ${ratio}; ${budget}`);
  }
  /** More is better; ours over the yardstick must be at least so much. */
  ratio(what, { ours, yardstick }, { unit, least, yardstick: name }) {
    const ratio = ours / yardstick;
    this.row(what, `${shown(ours)}${unit}`, `${shown(yardstick)}${unit} (${name})`, ratio.toFixed(2),
      `≥ ${least}`, ratio >= least);
  }
  /** Less is better; ours over the yardstick must be at most so much. */
  growth(what, { ours, yardstick }, { unit, most, yardstick: name }) {
    const ratio = ours / yardstick;
    this.row(what, `${shown(ours)}${unit}`, `${shown(yardstick)}${unit} (${name})`, ratio.toFixed(2),
      `≤ ${most}`, ratio <= most);
  }
  atMost(what, value, most, unit) {
    this.row(what, `${shown(value)} ${unit}`, '—', '—', `≤ ${most} ${unit}`, value <= most);
  }
  size(text) {
    this.sizes.push(text);
  }
  note(text) {
    this.notes.push(text);
    console.log(`       ${text}`);
  }

  write(file, { quick, names }) {
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
    const model = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown';
    const memory = Math.round(totalmem() / 2 ** 30);
    const lines = [
      '# Benchmarks',
      '',
      'Written by `./dev bench`. Ours and the yardstick run in turns on the same machine and, where',
      'there is one, the same database; each figure is the median of three rounds. Trust the ratios:',
      'the absolute figures are of one machine on one day.',
      '',
      `${new Date().toISOString().slice(0, 10)}, commit ${commit}, ${cpus().length} × ${model}, ${memory} GB` +
        `${quick ? ', `--quick`' : ''}${names ? `, only ${names.join(', ')}` : ''}.`,
      '',
      '| what | ours | yardstick | ratio | budget | met |',
      '|---|---|---|---|---|---|',
      ...this.rows.map((r) => `| ${r.what} | ${r.ours} | ${r.yardstick} | ${r.ratio} | ${r.budget} | ${r.isMet ? 'yes' : '**no**'} |`),
      '',
      ...this.sizes.map((text) => `- ${text}`),
      ...this.notes.map((text) => `- ${text}`),
      '',
    ];
    writeFileSync(file, lines.join('\n') + explanationIn(file));
  }
}
