/** The thread of a session: analyses one file at a time, and says so when it cannot go on. */
import { type MessagePort, workerData } from "node:worker_threads";
import type { Analyser } from "./analyse-file.ts";
import { type Answer, type Likely, type SessionJob, SLOT, type ThreadData } from "./job.ts";

const { shared, port, ahead } = workerData as ThreadData & { readonly port: MessagePort };

Atomics.store(shared, SLOT.started, 1);
Atomics.notify(shared, SLOT.started);

// What a session needs is loaded while ESLint is on its way to the first file; what is wrong with it becomes an answer then.
const loaded = import("./analyse-file.ts");
loaded.catch(() => undefined);
let analyser = ahead && openAhead(ahead);
analyser?.catch(() => undefined);
let spareTime: NodeJS.Immediate | undefined;

port.on("message", ({ root, job }: SessionJob) => {
  clearImmediate(spareTime);
  analyser ??= open(root);
  analyser.then(
    opened => {
      answer(attempt(() => opened.analyse(job)));
      useSpareTime(opened);
    },
    (error: unknown) => answer(lost(error)),
  );
});

port.on("close", () => {
  clearImmediate(spareTime);
  analyser?.then(opened => opened.close()).catch(() => undefined);
});

async function openAhead({ root, configFile }: Likely): Promise<Analyser> {
  const opened = await open(root);
  try {
    opened.prepare(configFile);
  } catch {
    // It goes wrong again when a file is asked for, and is told then.
  }
  return opened;
}

function open(root: string): Promise<Analyser> {
  return loaded.then(({ openAnalyser }) => openAnalyser(root, pid => Atomics.store(shared, SLOT.compiler, pid)));
}

function answer(message: Answer): void {
  port.postMessage(message);
  Atomics.add(shared, SLOT.answers, 1);
  Atomics.notify(shared, SLOT.answers);
}

function attempt(analyse: () => Answer): Answer {
  try {
    return analyse();
  } catch (error) {
    return lost(error);
  }
}

function lost(error: unknown): Answer {
  return {
    kind: "lost",
    reason: error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error),
  };
}

/** In steps, between which a question is heard. What goes wrong in one goes wrong again when it is asked for. */
function useSpareTime(opened: Analyser): void {
  spareTime = setImmediate(() => {
    try {
      if (opened.step()) useSpareTime(opened);
    } catch {
      return;
    }
  });
}
