import { secondsOf } from './errors.ts';

export interface Retries {
  /** How often a request is sent at most; 1 sends it once. */
  attempts: number;
  /** The longest wait before the next one, in milliseconds; who is asked for more gets the answer. */
  longestWait: number;
}

/** Refused before anything was done: later it may be taken. */
const LATER = [429, 503];
const FIRST_WAIT_MS = 500;

/** As long as the server says; where it says nothing, twice as long each time, never quite alike. */
export function waitOf(answer: Response | null, attempt: number): number {
  const asked = secondsOf(answer?.headers.get('Retry-After') ?? null);
  if (asked !== null) return asked * 1000;
  return FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** What was asked may have been done although no answer came: only these may be asked again. */
const isSafe = ({ method, headers }: Request): boolean =>
  method === 'GET' || (method === 'POST' && headers.has('Idempotency-Key'));

/** Sends a request, and again when the server is busy or the network failed. */
export async function sendPatiently(
  request: Request,
  { attempts, longestWait }: Retries,
  send: (request: Request) => Promise<Response>,
): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt >= attempts;
    let answer: Response | null = null;
    try {
      answer = await send(isLast ? request : request.clone());
      if (isLast || !LATER.includes(answer.status)) return answer;
    } catch (error) {
      if (isLast || request.signal.aborted || !isSafe(request)) throw error;
    }
    const wait = waitOf(answer, attempt);
    if (answer && wait > longestWait) return answer;
    await answer?.body?.cancel();
    await sleep(wait, request.signal);
  }
}
