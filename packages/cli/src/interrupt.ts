/** Ctrl-C and a polite end: the review is aborted, its processes end, and the status says so. */
import { INTERRUPTED } from "./exit-status.ts";

/** Runs something that ends when its signal is aborted; then it rejects with the signal's reason, whatever came of it. */
export async function interruptible<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const onSignal = (): void => {
    // Whoever asks twice wants out now; handlers of "exit" still end the compilers.
    if (signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  try {
    return await run(signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
}
