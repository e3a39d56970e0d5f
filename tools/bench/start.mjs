// How long until it serves, on a new data directory and on a used one, and what it holds when idle.
import { setTimeout as pause } from 'node:timers/promises';
import { median } from './measure.mjs';
import { dataFolder, Ponte } from './program.mjs';

export async function start(report) {
  const cold = [], warm = [], idle = [];
  for (let round = 0; round < 3; round += 1) {
    const data = `${dataFolder}/start${round}`;
    const first = await Ponte.start(data);
    cold.push(first.readyMs);
    await first.stop();
    const second = await Ponte.start(data);
    warm.push(second.readyMs);
    const company = await second.company(`idle${round}`);
    await second.call('GET', '/contacts', { token: company.token });
    await pause(1500);
    idle.push(second.residentKb() / 1024);
    await second.stop();
  }
  report.atMost('start to ready on a new data directory', median(cold), 3_000, 'ms');
  report.atMost('start to ready on a used data directory', median(warm), 500, 'ms');
  report.atMost('idle memory of ponte, without PostgreSQL', median(idle), 60, 'MB');
}
