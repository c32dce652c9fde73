/** Time as a port, and work with a deadline. */

/** Time and chance; a test replaces it to see waits instead of sitting through them. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms` milliseconds, or at once when the signal aborts; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** At least 0 and below 1. */
  random(): number;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise(resolve => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, signal.aborted ? 0 : ms);
      signal.addEventListener("abort", wake);
    }),
  random: () => Math.random(),
};

/** Thrown by `within` when its time is over. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}

/**
 * Runs `work` for at most `ms` milliseconds or until the parent aborts, then rejects at once, whether or not the work heeds its signal.
 * `AbortSignal.any` would be shorter, but on Node 20 a long-lived parent keeps every signal derived from it,
 * and a derived timeout may be collected before it fires.
 */
export async function within<T>(
  ms: number,
  parent: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const cut = new Promise<never>((_, reject) => {
    own.signal.addEventListener("abort", () => reject(own.signal.reason as Error), { once: true });
  });
  const stop = (): void => own.abort(new DeadlineError("aborted"));
  const timer = setTimeout(() => own.abort(new DeadlineError(`no answer within ${ms} ms`)), ms);
  parent.addEventListener("abort", stop, { once: true });
  if (parent.aborted) stop();
  try {
    return await Promise.race([cut, parent.aborted ? cut : work(own.signal)]);
  } finally {
    clearTimeout(timer);
    parent.removeEventListener("abort", stop);
  }
}
