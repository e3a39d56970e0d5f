import { useCallback, useEffect, useRef, useState } from 'react';
import { asApiError } from '@/api/errors';
import { uploadFile, type StoredFile } from '@/api/files';

const AT_ONCE = 3;

export interface Upload {
  key: number;
  name: string;
  size: number;
  /** From 0 to 1. */
  part: number;
  /** Why it was not taken. */
  problem: string | null;
}

interface Waiting {
  key: number;
  file: File;
  stop: AbortController;
}

/** Several files on their way, a few at a time, each with its progress and its end. */
export function useUploads(take: (stored: StoredFile, file: File) => Promise<unknown>) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const waiting = useRef<Waiting[]>([]);
  const running = useRef(new Map<number, Waiting>());
  const count = useRef(0);
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });

  const change = (key: number, to: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)));
  const drop = (key: number) => setUploads((all) => all.filter((one) => one.key !== key));

  const work = useCallback(async () => {
    for (let one = waiting.current.shift(); one; one = waiting.current.shift()) {
      const { key, file, stop } = one;
      running.current.set(key, one);
      try {
        const onProgress = (part: number) => change(key, { part });
        const stored = await uploadFile(file, { onProgress, signal: stop.signal });
        await latest.current(stored, file);
        drop(key);
      } catch (error) {
        if (stop.signal.aborted) drop(key);
        else change(key, { problem: reasonOf(error) });
      }
      running.current.delete(key);
    }
  }, []);

  const add = useCallback(
    (files: File[]) => {
      const fresh = files.map((file) => ({
        ...{ key: (count.current += 1), file },
        stop: new AbortController(),
      }));
      setUploads((all) => [
        ...all,
        ...fresh.map(({ key, file: { name, size } }) => ({
          ...{ key, name, size, part: 0, problem: null },
        })),
      ]);
      waiting.current.push(...fresh);
      for (let busy = running.current.size; busy < AT_ONCE; busy += 1) void work();
    },
    [work],
  );

  /** Stops it, or puts away what failed. */
  const cancel = useCallback((key: number) => {
    waiting.current = waiting.current.filter((one) => one.key !== key);
    running.current.get(key)?.stop.abort();
    drop(key);
  }, []);

  return { uploads, add, cancel };
}

/** What is wrong with the file says more than that something is. */
function reasonOf(error: unknown): string {
  const problem = asApiError(error);
  return problem.errors[0]?.message ?? problem.message;
}
