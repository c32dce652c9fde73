/**
 * ESLint's hold on a session in a thread of its own. ESLint is synchronous, and so is the wait for an answer; but it has an end, at
 * which the compiler's process is killed, so that no editor hangs because a compiler does.
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import { type Answer, type Job, type Likely, type SessionJob, SLOT, type ThreadData } from "./job.ts";
import { isLikelyIn } from "./likely-project.ts";

export interface SessionThread {
  /** Analyses a file, blocking for at most some milliseconds; after "late" and "lost" the thread is of no more use. */
  ask(job: Job, deadlineMs: number): Answer | { readonly kind: "late" };
  /** Ends the thread and its compiler, whatever they are doing. */
  end(): void;
}

/** Milliseconds that a thread without any work takes at most. */
const START_DEADLINE = 10_000;

/** Enough that what rules hold while they wait for answers dies young, and still little beside a compiler. */
const YOUNG_GENERATION_MB = 128;

/** Milliseconds that a thread gets to end by itself. */
const LEAVE_DEADLINE = 1_000;

/** Milliseconds after which a thread ends that nobody had a use for. */
const SPARE = 30_000;

let spare: Spare | undefined;

/** A thread that waits for its first question. */
interface Spare {
  readonly thread: Thread;
  readonly likely: Likely | undefined;
  readonly idle: NodeJS.Timeout;
}

/** Starts a thread for the first session, which loads what that needs, and opens the project that is likely to be asked for. */
export function prepareSession(likely: Likely | undefined): void {
  if (spare) return;
  const thread = startThread(likely);
  const idle = setTimeout(() => {
    spare = undefined;
    thread.end();
  }, SPARE).unref();
  spare = { thread, likely, idle };
}

/** Starts a session for files below a root, the first of which lies in a folder. It does not keep the process alive. */
export function startSessionThread(root: string, folder: string): SessionThread {
  const thread = takeSpare(root, folder) ?? startThread(undefined);
  return { ask: (job, deadlineMs) => thread.ask({ root, job }, deadlineMs), end: () => thread.end() };
}

/** The thread that waits; it is ended if it has opened another project, since that may take as long as a start. */
function takeSpare(root: string, folder: string): Thread | undefined {
  if (!spare) return undefined;
  const { thread, likely, idle } = spare;
  spare = undefined;
  clearTimeout(idle);
  if (!likely || (likely.root === root && isLikelyIn(likely, folder))) return thread;
  thread.end();
  return undefined;
}

interface Thread {
  ask(job: SessionJob, deadlineMs: number): ReturnType<SessionThread["ask"]>;
  end(): void;
}

function startThread(ahead: Likely | undefined): Thread {
  const shared = new Int32Array(new SharedArrayBuffer(12));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL("./worker.js", import.meta.url), {
    workerData: { shared, ahead, port: port2 } satisfies ThreadData & { port: MessagePort },
    transferList: [port2],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    ...ownOptions(),
  });
  worker.unref();
  port1.unref();
  // Nothing is heard of it while this thread waits: a thread that fails is noticed by what it does not say.
  worker.on("error", () => undefined);
  const end = (): void => {
    process.off("exit", end);
    endProcess(Atomics.load(shared, SLOT.compiler));
    // A closed port lets the thread end by itself, and take note of the compiler's end; one that is cut off leaves a zombie.
    port1.close();
    setTimeout(() => void worker.terminate(), LEAVE_DEADLINE).unref();
  };
  process.on("exit", end);
  return {
    ask(job, deadlineMs) {
      const before = Atomics.load(shared, SLOT.answers);
      port1.postMessage(job);
      if (Atomics.wait(shared, SLOT.started, 0, Math.min(START_DEADLINE, deadlineMs)) === "timed-out")
        return { kind: "lost", reason: "its thread did not start" };
      if (Atomics.wait(shared, SLOT.answers, before, deadlineMs) === "timed-out") return { kind: "late" };
      const received = receiveMessageOnPort(port1) as { readonly message: Answer } | undefined;
      return received?.message ?? { kind: "lost", reason: "the session gave no answer" };
    },
    end,
  };
}

/**
 * A thread has the options of its process, as long as none are given: of those, V8's (`--max-old-space-size`) are refused. One option
 * has to go, though: made for a script without a file, it forbids those that have one.
 */
function ownOptions(): { readonly execArgv?: string[] } {
  return process.execArgv.some(option => option.startsWith("--input-type")) ? { execArgv: [] } : {};
}

/** A busy compiler ignores a polite request to end for minutes. */
function endProcess(pid: number): void {
  if (pid === 0) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
