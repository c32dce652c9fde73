/** The main thread's hold on a compiler session in a worker thread: it asks, it waits, and it ends what hangs. */
import { Worker } from "node:worker_threads";
import type { JobName, Jobs, WorkerMessage, WorkerRequest } from "./jobs.ts";

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

/** How long a thread may take to end by itself. */
const LEAVE_MS = 1_000;

/** What rules hold while they wait for answers must die young: with V8's own bound (48) it is copied again and again. */
const YOUNG_GENERATION_MB = 256;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A compiler session of one owner, who closes it. */
export interface AnalysisSession {
  /** Whether its compiler had to be ended because it did not answer any more. */
  readonly isStalled: boolean;
  /** Asks the session; rejects with a `SessionLost` when the thread or its compiler is gone or was ended. */
  ask<Name extends JobName>(name: Name, request: Jobs[Name]["request"]): Promise<Jobs[Name]["answer"]>;
  /**
   * Opens another one in the same thread, with a compiler of its own; until it is closed, it alone can be asked. To load the
   * rules takes a thread longer than to read a small change. The signal of either ends both.
   */
  beside(options: SessionThreadOptions): Promise<AnalysisSession>;
  /** Ends the compiler, whatever it is doing. */
  close(): Promise<void>;
}

/** What the thread keeps of a session that waits for the one beside it. */
interface Waits {
  readonly options: SessionThreadOptions;
  readonly compiler: number | undefined;
  readonly isStalled: boolean;
}

/** One session at a time: started at once, used by one owner, and to be closed by him, or to be left to the next one. */
export class SessionThread implements AnalysisSession {
  #options: SessionThreadOptions;
  readonly #worker = new Worker(new URL("./worker.js", import.meta.url), {
    stderr: false,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  readonly #waiting = new Map<number, Waiting>();
  #compiler: number | undefined;
  readonly #aside: Waits[] = [];
  #asked = 0;
  #timer: NodeJS.Timeout | undefined;
  #lost: SessionLost | undefined;
  #isStalled = false;
  readonly #left = new Promise<void>(resolve => {
    this.#worker.once("exit", () => resolve());
  });

  constructor(options: SessionThreadOptions) {
    this.#options = options;
    this.#worker.on("message", (message: WorkerMessage) => this.#hear(message));
    this.#worker.on("error", error => this.#lose(`the analysis thread failed: ${error.message}`));
    this.#worker.on("exit", () => this.#lose("the analysis thread ended"));
    process.on("exit", this.#endCompilers);
    this.#follow(options.signal);
  }

  get isStalled(): boolean {
    return this.#isStalled;
  }

  /** Whether it can still be asked. */
  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** Gives a thread that rests to another owner, whose signal ends it from now on. */
  wake(options: SessionThreadOptions): void {
    this.#options = options;
    this.#worker.ref();
    this.#follow(options.signal);
  }

  /** Forgets all that was analysed, and waits for another owner without keeping the process from its end; false for one that is of no more use. */
  async rest(): Promise<boolean> {
    await this.ask("forget", undefined).catch((error: unknown) => this.#lose(String(error)));
    this.#options.signal.removeEventListener("abort", this.#abort);
    if (this.isLost || this.#isStalled) return false;
    this.#worker.unref();
    return true;
  }

  async beside(options: SessionThreadOptions): Promise<AnalysisSession> {
    await this.ask("setAside", undefined);
    this.#aside.push({ options: this.#options, compiler: this.#compiler, isStalled: this.#isStalled });
    this.#options = options;
    this.#compiler = undefined;
    this.#follow(options.signal);
    const isStalled = (): boolean => this.#isStalled;
    return {
      get isStalled() {
        return isStalled();
      },
      ask: (name, request) => this.ask(name, request),
      beside: inner => this.beside(inner),
      close: () => this.#takeUp(),
    };
  }

  ask<Name extends JobName>(name: Name, request: Jobs[Name]["request"]): Promise<Jobs[Name]["answer"]> {
    if (this.#lost) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      const id = this.#asked++;
      this.#waiting.set(id, { resolve: value => resolve(value as Jobs[Name]["answer"]), reject });
      this.#worker.postMessage({ id, name, request } satisfies WorkerRequest);
      this.#watch();
    });
  }

  /** Ends the compiler and the thread, whatever they are doing. */
  async close(): Promise<void> {
    this.#lose("closed");
    await this.#left;
  }

  /** Ends the session beside the one that waits, and goes on with that. */
  async #takeUp(): Promise<void> {
    await this.ask("forget", undefined).catch((error: unknown) => this.#lose(String(error)));
    const before = this.#aside.pop();
    if (!before) return;
    const { options, compiler, isStalled } = before;
    if (options.signal !== this.#options.signal) this.#options.signal.removeEventListener("abort", this.#abort);
    this.#options = options;
    this.#compiler = compiler;
    this.#isStalled = isStalled;
  }

  #follow(signal: AbortSignal): void {
    signal.addEventListener("abort", this.#abort, { once: true });
    if (signal.aborted) this.#abort();
  }

  #hear(message: WorkerMessage): void {
    if (message.kind === "compiler") {
      this.#compiler = message.pid;
      if (message.pid !== undefined) this.#options.onCompiler?.(message.pid);
    } else if (message.kind === "progress") this.#options.onProgress(message.done);
    else settle(this.#waiting, message);
    this.#watch();
  }

  #watch(): void {
    clearTimeout(this.#timer);
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => this.#stall(), this.#options.stallMs);
  }

  /** A compiler that is ended lets its thread answer with what it has; one that does not notice is ended as well. */
  #stall(): void {
    this.#isStalled = true;
    if (this.#compiler !== undefined) endProcess(this.#compiler);
    this.#timer = setTimeout(() => this.#lose(STALLED), GRACE_MS);
  }

  #lose(reason: string): void {
    this.#lost ??= new SessionLost(reason);
    clearTimeout(this.#timer);
    this.#endCompilers();
    process.off("exit", this.#endCompilers);
    this.#options.signal.removeEventListener("abort", this.#abort);
    for (const { reject } of this.#waiting.values()) reject(this.#lost);
    this.#waiting.clear();
    this.#leave();
  }

  /** Only the thread that started a compiler can take note of its end: one that is cut off leaves a zombie behind. */
  #leave(): void {
    this.#worker.postMessage("leave" satisfies WorkerRequest);
    const timer = setTimeout(() => void this.#worker.terminate(), LEAVE_MS);
    void this.#left.then(() => clearTimeout(timer));
  }

  readonly #abort = (): void => this.#lose("interrupted");

  readonly #endCompilers = (): void => {
    for (const pid of [this.#compiler, ...this.#aside.map(({ compiler }) => compiler)])
      if (pid !== undefined) endProcess(pid);
  };
}

type Settlement = Extract<WorkerMessage, { kind: "answer" | "failure" }>;

function settle(waiting: Map<number, Waiting>, message: Settlement): void {
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
