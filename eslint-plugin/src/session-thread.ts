/**
 * ESLint's hold on a session in a thread of its own. ESLint is synchronous, and so is the wait for an answer; but it has an end, at
 * which the compiler's process is killed, so that no editor hangs because a compiler does.
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import { type Answer, type Job, type SessionJob, SLOT, type ThreadData } from "./job.ts";

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

let spare: { readonly thread: Thread; readonly idle: NodeJS.Timeout } | undefined;

/** Starts a thread for the first session, which loads what that needs; it has no compiler yet. */
export function prepareSession(): void {
  if (spare) return;
  const thread = startThread();
  const idle = setTimeout(() => {
    spare = undefined;
    thread.end();
  }, SPARE).unref();
  spare = { thread, idle };
}

/** Starts a session for files below a folder. It does not keep the process alive. */
export function startSessionThread(root: string): SessionThread {
  const thread = spare?.thread ?? startThread();
  clearTimeout(spare?.idle);
  spare = undefined;
  return { ask: (job, deadlineMs) => thread.ask({ root, job }, deadlineMs), end: () => thread.end() };
}

interface Thread {
  ask(job: SessionJob, deadlineMs: number): ReturnType<SessionThread["ask"]>;
  end(): void;
}

function startThread(): Thread {
  const shared = new Int32Array(new SharedArrayBuffer(12));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL("./worker.js", import.meta.url), {
    workerData: { shared, port: port2 } satisfies ThreadData & { port: MessagePort },
    transferList: [port2],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    // Made for the script of the process, this one forbids any file.
    execArgv: process.execArgv.filter(option => !option.startsWith("--input-type")),
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

/** A busy compiler ignores a polite request to end for minutes. */
function endProcess(pid: number): void {
  if (pid === 0) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
