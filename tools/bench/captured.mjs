// The yardstick runs the very statements that the server runs. They are not copied by hand: the
// server is asked once while PostgreSQL writes down what it executes, and that becomes the script.
import { setTimeout as pause } from 'node:timers/promises';
import { Ponte } from './program.mjs';

/** A server whose statements can be captured; its database remembers that until `quiet`. */
export async function startWritingDown(data) {
  const first = await Ponte.start(data);
  first.sql(`alter role ponte_app set log_statement = 'all';
             alter role ponte_app set log_error_verbosity = 'default';`);
  await first.stop();
  return Ponte.start(data);
}

export async function startQuiet(ponte) {
  ponte.sql('alter role ponte_app reset all');
  await ponte.stop();
  return Ponte.start(ponte.data);
}

function valuesOf(detail) {
  const values = [];
  for (const [, n, quoted, text] of detail.matchAll(/\$(\d+) = (?:('((?:[^']|'')*)')|NULL)/g)) {
    values[Number(n) - 1] = quoted === undefined ? null : text.replaceAll("''", "'");
  }
  return values;
}

/** What each connection executed: [{ pid, sql, values }] in order. */
function executed(log) {
  const entries = [];
  let last;
  for (const line of log.split('\n')) {
    const found = /^\S+ \S+ \S+ \[(\d+)\] (LOG|DETAIL): {2}(.*)$/.exec(line);
    if (!found) {
      if (last && line.startsWith('\t')) last.text += `\n${line.slice(1)}`;
      continue;
    }
    const [, pid, kind, text] = found;
    if (kind === 'LOG' && text.startsWith('execute ')) {
      last = { pid, text };
      entries.push(last);
    } else if (kind === 'DETAIL' && text.startsWith('parameters: ') && last?.pid === pid) {
      last = { pid, text, isDetail: true };
      entries.push(last);
    } else {
      last = undefined;
    }
  }
  const statements = [];
  for (const { pid, text, isDetail } of entries) {
    if (isDetail) statements.at(-1).values = valuesOf(text);
    else statements.push({ pid, sql: text.slice(text.indexOf(': ') + 2), values: [] });
  }
  return statements;
}

/** The statements of the unit on whose connection `marker` was executed, prologue first. */
export async function capture(ponte, ask, marker) {
  const before = ponte.logSize();
  await ask();
  await pause(300);
  const all = executed(ponte.logSince(before));
  const hit = all.findIndex((one) => marker(one));
  if (hit < 0) throw new Error('the statement to be measured was not executed');
  const own = all.filter((one) => one.pid === all[hit].pid);
  const at = own.indexOf(all[hit]);
  const isFirst = (one) => one.sql.startsWith("select set_config('role'");
  let begin = at;
  while (begin > 0 && !isFirst(own[begin])) begin -= 1;
  let end = at + 1;
  while (end < own.length && !isFirst(own[end]) && own[end].sql !== 'begin') end += 1;
  return own.slice(begin, end).filter((one) => one.sql !== 'commit');
}

/** A pgbench script: one round trip, one transaction, like a unit of the server. Its parameters are
 * parameters here, too, because a planner that sees values may find a better plan. `made` gives SQL in
 * place of some values. */
export function script(statements, variables, made = () => undefined) {
  const prefix = `v${Object.keys(variables).length}n`;
  const names = new Map();
  const nameOf = (value) => {
    if (!names.has(value)) {
      names.set(value, `${prefix}${names.size}`);
      variables[names.get(value)] = value;
    }
    return `:${names.get(value)}`;
  };
  const lines = statements.map((one) => {
    const text = one.sql.replaceAll(/\$(\d+)/g, (_, n) => {
      const value = one.values[n - 1];
      return value === null ? 'null' : (made(value) ?? nameOf(value));
    });
    return `${text.replaceAll('\n', ' ')};`;
  });
  return ['\\startpipeline', ...lines, '\\endpipeline', ''].join('\n');
}
