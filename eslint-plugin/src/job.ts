/** What ESLint's thread and the thread of a session say to each other: plain data. */
import type { Model } from "@review/analysis";
import type { DraftFinding } from "@review/findings";

/** A file to analyse. Paths are absolute and '/' separated. */
export interface Job {
  readonly path: string;
  /** Without byte-order mark. */
  readonly text: string;
  /** Findings name files relative to it. */
  readonly cwd: string;
  /** The rules that are enabled, sorted. */
  readonly ruleIds: readonly string[];
  /** What the settings say of functions. */
  readonly models: readonly Model[];
}

export type Answer =
  | { readonly kind: "findings"; readonly findings: readonly DraftFinding[]; readonly failures: readonly string[] }
  /** The session cannot go on: its compiler is gone, or something went wrong that another attempt may spare. */
  | { readonly kind: "lost"; readonly reason: string };

/** A job for the session of a thread, which is opened by the first one. */
export interface SessionJob {
  /** Absolute path of the folder that the session is for. */
  readonly root: string;
  readonly job: Job;
}

/** What a session's thread is started with. */
export interface ThreadData {
  /** As `SLOT` names them. */
  readonly shared: Int32Array;
  /** What it opens before it is asked; nothing if undefined. */
  readonly ahead: Likely | undefined;
}

/** A project that ESLint will most likely ask about. Paths are absolute and '/' separated. */
export interface Likely {
  /** As of the session's jobs. */
  readonly root: string;
  readonly configFile: string;
}

/** Cells of the memory that both threads see. */
export const SLOT: Readonly<Record<"answers" | "compiler" | "started", number>> = {
  /** How many answers were given; who waits for one waits for this to change. */
  answers: 0,
  /** The compiler's process id, 0 while there is none. */
  compiler: 1,
  /** 1 as soon as the thread runs. */
  started: 2,
};
