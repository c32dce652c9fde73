/** Ctrl-C and a polite end: the review is aborted, its processes end, and the status says so. */

export interface Interrupt {
  readonly signal: AbortSignal;
  /** Gives the signals back. */
  close(): void;
}

export function openInterrupt(): Interrupt {
  const controller = new AbortController();
  const onSignal = (): void => {
    // Whoever asks twice wants out now; handlers of "exit" still end the compilers.
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    close() {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
