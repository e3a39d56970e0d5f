// People who do not give up: each asks until there is an answer, under one Idempotency-Key, whatever is
// killed meanwhile. What has been answered is a promise.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const patienceMs = 120_000;

export class People {
  /** `house.ponte` may be another program after each kill. */
  constructor(house, company) {
    Object.assign(this, { house, company, isOver: false, resumed: 0, strange: [] });
  }

  /** Asks until it is answered; a promise of 2xx, or null when the patience has ended. */
  async ask(method, path, { body, form } = {}) {
    const headers = { Authorization: `Bearer ${this.company.token}` };
    if (method !== 'GET') headers['Idempotency-Key'] = randomUUID();
    if (body) headers['Content-Type'] = 'application/json';
    for (const end = Date.now() + patienceMs; Date.now() < end; await pause(100)) {
      const answer = await this.once(method, path, headers, form ?? (body && JSON.stringify(body)));
      if (answer) return answer;
      if (answer === undefined) return null;
    }
    this.strange.push(`${method} ${path} was not answered within ${patienceMs / 1000} s`);
    return null;
  }

  /** What was answered; null to ask again; undefined when asking again is of no use. */
  async once(method, path, headers, body) {
    try {
      const url = `${this.house.ponte.url}/api/v1${path}`;
      const signal = AbortSignal.timeout(30_000);
      const response = await fetch(url, { method, headers, body, signal });
      const text = await response.text();
      if (response.ok) return text ? JSON.parse(text) : {};
      // Busy, or waiting for its database: says so and is asked again. Anything else is a finding.
      if (response.status === 409 && text.includes('idempotency')) return null;
      if ([429, 503].includes(response.status)) return null;
      this.strange.push(`${method} ${path} → ${response.status} ${text.slice(0, 200)}`);
      return response.status < 500 ? undefined : null;
    } catch {
      // Killed in the middle: nobody knows whether it was done, so it is asked again.
    }
    return null;
  }

  /** Long work that was begun: asked after until it stands still; what was given up goes on. */
  async ended(path) {
    for (const end = Date.now() + patienceMs * 3; Date.now() < end; await pause(250)) {
      const work = await this.ask('GET', path);
      if (!work || ['queued', 'running', 'undoing'].includes(work.state)) continue;
      if (work.state !== 'failed' || !work.resumable) return work;
      this.resumed += 1;
      await this.ask('POST', `${path}/resume`);
    }
    this.strange.push(`${path} never ended`);
    return { state: 'endless' };
  }

  async repeat(step) {
    for (let n = 0; !this.isOver; n += 1) await step(n);
  }
}
