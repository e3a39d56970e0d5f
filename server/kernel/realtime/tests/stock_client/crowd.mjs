// The budget with a crowd: how long from one person's write to another's screen while thousands of
// sockets are connected, and what an idle socket costs the server.
// Run: PONTE_URL=… PONTE_PID=<of the server> node crowd.mjs [sockets] [companies] [seconds]
import { readFileSync } from 'node:fs';
import { company, contact, pause, raw, until } from './world.mjs';

const [sockets = 5000, companies = 50, seconds = 10] = process.argv.slice(2).map(Number);
const pid = process.env.PONTE_PID;
const residentKb = () => {
  const status = pid ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN);
};
const cpuSeconds = () => {
  const fields = pid ? readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ') : [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];

const people = [];
for (let i = 0; i < companies; i += 1) people.push(await company());
const warm = await raw();
warm.say(`40{"token":"${people[0].token}"}`);
await warm.hear('40');
await pause(500);
const before = residentKb();

const crowd = [];
for (let i = 0; i < sockets; i += 50) {
  const some = await Promise.all(
    Array.from({ length: Math.min(50, sockets - i) }, async (_, n) => {
      const socket = await raw();
      socket.say(`40{"token":"${people[(i + n) % companies].token}"}`);
      await socket.hear('40');
      return socket;
    }),
  );
  crowd.push(...some);
}
await pause(1000);
const after = residentKb();
console.log(`${sockets} sockets: ${before} kB → ${after} kB, ${((after - before) / sockets).toFixed(2)} kB each`);

const sent = new Map();
const delays = [];
const watched = crowd.filter((_, i) => i % companies === 0).slice(0, 20);
for (const socket of watched) {
  socket.listen((text) => {
    const name = /"name":"(at [^"]+)"/.exec(text)?.[1];
    if (name && sent.has(name)) delays.push(performance.now() - sent.get(name));
  });
}
const cpu = cpuSeconds();
const end = Date.now() + seconds * 1000;
let written = 0;
while (Date.now() < end) {
  const name = `at ${written}`;
  sent.set(name, performance.now());
  await contact(people[0], { name });
  written += 1;
  await pause(100);
}
await until(() => delays.length >= written * watched.length, 'all events everywhere');
delays.sort((a, b) => a - b);
console.log(
  `${written} writes, ${delays.length} arrivals, from the request to the socket: ` +
    `median ${quantile(delays, 0.5).toFixed(1)} ms, p99 ${quantile(delays, 0.99).toFixed(1)} ms, ` +
    `most ${delays.at(-1).toFixed(1)} ms; server CPU ${(cpuSeconds() - cpu).toFixed(2)} s`,
);
process.exit(0);
