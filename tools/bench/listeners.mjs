// Events a second that a listener hears and writes something for, beside the same events written with
// nobody who listens, in the same process; and how long one alone takes from its write to its end.
import { dirname, resolve } from 'node:path';
import { dataFolder, output, program } from './program.mjs';

const figures = /plain ([\d.]+) a second, heard ([\d.]+) a second, lag ([\d.]+) ms, p99 ([\d.]+) ms/;

export async function listeners(report, { quick }) {
  const count = quick ? 5_000 : 20_000;
  const bench = resolve(dirname(program), 'ponte_bench');
  const rounds = [];
  for (let round = 0; round < 3; round += 1) {
    const said = await output(bench, ['listeners', String(count), `${dataFolder}/listeners`]);
    const [plain, heard, lag, slowest] = figures.exec(said).slice(1).map(Number);
    rounds.push({ plain, heard, lag, slowest });
  }
  const middle = (name) => rounds.map((round) => round[name]).sort((a, b) => a - b)[1];
  report.ratio('events heard by a listener that writes', { ours: middle('heard'), yardstick: middle('plain') },
    { unit: '/s', least: 0.3, yardstick: 'the same events with nobody who listens' });
  report.atMost('an event alone, from its write to the end of what it sets off', middle('lag'), 25, 'ms');
  report.atMost('the same, p99', middle('slowest'), 100, 'ms');
}
