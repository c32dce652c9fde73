/** The main thread's hold on a compiler session in a worker thread: it asks, it waits, and it ends what hangs. */
import { Worker } from "node:worker_threads";
import type { JobName, Jobs, WorkerMessage, WorkerRequest } from "./jobs.ts";

export interface SessionThread {
  /** Asks the session; rejects with a `SessionLost` when the thread or its compiler is gone or was ended. */
  ask<Name extends JobName>(name: Name, request: Jobs[Name]["request"]): Promise<Jobs[Name]["answer"]>;
  /** Ends the compiler and the thread, whatever they are doing. */
  close(): Promise<void>;
  /** Whether its compiler had to be ended because it did not answer any more. */
  isStalled(): boolean;
}

export interface SessionThreadOptions {
  /** Milliseconds without a sign of life after which the compiler is ended. */
  readonly stallMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
  /** Told the compiler's process id as soon as it runs. */
  readonly onCompiler?: ((pid: number) => void) | undefined;
}

/** The session cannot answer any more; what it was asked has to be asked of another. */
export class SessionLost extends Error {
  override readonly name = "SessionLost";
}

/** What a person is told of a compiler that had to be ended. */
export const STALLED = "the compiler stopped answering";

/** How long a thread may take to notice that its compiler was ended. */
const GRACE_MS = 5_000;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export function startSessionThread(options: SessionThreadOptions): SessionThread {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { stderr: false });
  const waiting = new Map<number, Waiting>();
  let compiler: number | undefined;
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;
  let lost: SessionLost | undefined;
  let isStalled = false;

  const endCompiler = (): void => {
    if (compiler !== undefined) endProcess(compiler);
  };
  const lose = (reason: string): void => {
    lost ??= new SessionLost(reason);
    clearTimeout(timer);
    endCompiler();
    process.off("exit", endCompiler);
    options.signal.removeEventListener("abort", abort);
    for (const { reject } of waiting.values()) reject(lost);
    waiting.clear();
    void worker.terminate();
  };
  const abort = (): void => lose("interrupted");
  // A compiler that is ended lets its thread answer with what it has; one that does not notice is ended as well.
  const stalled = (): void => {
    isStalled = true;
    endCompiler();
    timer = setTimeout(() => lose(STALLED), GRACE_MS);
  };
  const watch = (): void => {
    clearTimeout(timer);
    if (waiting.size > 0) timer = setTimeout(stalled, options.stallMs);
  };

  worker.on("message", (message: WorkerMessage) => {
    if (message.kind === "compiler") {
      compiler = message.pid;
      if (message.pid !== undefined) options.onCompiler?.(message.pid);
    } else if (message.kind === "progress") options.onProgress(message.done);
    else settle(waiting, message);
    watch();
  });
  worker.on("error", error => lose(`the analysis thread failed: ${error.message}`));
  worker.on("exit", () => lose("the analysis thread ended"));
  process.on("exit", endCompiler);
  options.signal.addEventListener("abort", abort, { once: true });
  if (options.signal.aborted) abort();

  return {
    ask<Name extends JobName>(name: Name, request: Jobs[Name]["request"]): Promise<Jobs[Name]["answer"]> {
      if (lost) return Promise.reject(lost);
      return new Promise((resolve, reject) => {
        const id = asked++;
        waiting.set(id, { resolve: value => resolve(value as Jobs[Name]["answer"]), reject });
        worker.postMessage({ id, name, request } satisfies WorkerRequest);
        watch();
      });
    },
    isStalled: () => isStalled,
    close() {
      lose("closed");
      return worker.terminate().then(() => undefined);
    },
  };
}

function settle(waiting: Map<number, Waiting>, message: WorkerMessage): void {
  if (message.kind !== "answer" && message.kind !== "failure") return;
  const waiter = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.kind === "answer") waiter?.resolve(message.value);
  else if (message.isLost) waiter?.reject(new SessionLost("the compiler crashed"));
  else waiter?.reject(Object.assign(new Error(message.message), { stack: message.stack }));
}

/** A busy compiler ignores a polite request to end for minutes. */
function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
