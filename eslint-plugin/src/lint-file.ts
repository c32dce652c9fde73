/** From a file to its findings: chooses the session, and decides what is done when one is lost. */
import { dirname } from "node:path/posix";
import type { DraftFinding } from "@review/findings";
import type { Answer, Job } from "./job.ts";
import { notice } from "./notice.ts";
import { type SessionThread, startSessionThread } from "./session-thread.ts";
import { rootOf } from "./root-of.ts";

/** A session costs a compiler with a whole project in it. */
const MOST_SESSIONS = 3;
/** Milliseconds without a question after which a session ends; the next question starts another. */
const IDLE = 5 * 60_000;
/** Milliseconds for which a file is left alone that a session did not survive. */
const REST = 5 * 60_000;
/** Opening a project takes longer than any question later. */
const FIRST_DEADLINE_FACTOR = 3;

interface Held {
  readonly thread: SessionThread;
  readonly idle: NodeJS.Timeout;
  isOpen: boolean;
}

/** By root, the one that was used last at the end. */
const sessions = new Map<string, Held>();
/** When a file may be tried again, by path. */
const resting = new Map<string, number>();

/**
 * The findings of a file; blocks for at most the deadline, and thrice as long when a session has to be opened. None, and a notice,
 * for a file that no session survives: it is left alone for some minutes then, and other files try a new session.
 */
export function lintFile(job: Job, deadlineMs: number): readonly DraftFinding[] {
  if ((resting.get(job.path) ?? 0) > Date.now()) return [];
  const root = rootOf(dirname(job.path), job.cwd);
  const first = askSession(root, job, deadlineMs);
  // A compiler may have been killed, or have crashed over another file: that is no fault of this one.
  const answer = first.kind === "lost" ? askSession(root, job, deadlineMs) : first;
  if (answer.kind === "findings") {
    for (const failure of answer.failures) notice(failure.slice(0, failure.indexOf(" ")), `The rule ${failure}`);
    return answer.findings;
  }
  resting.set(job.path, Date.now() + REST);
  const reason = answer.kind === "late" ? `did not answer within the deadline` : `was lost (${answer.reason})`;
  notice(
    answer.kind,
    `The compiler ${reason} on ${job.path}: the file has no findings of review for ${REST / 60_000} minutes. Other files are not affected.`,
  );
  return [];
}

function askSession(root: string, job: Job, deadlineMs: number): Answer | { readonly kind: "late" } {
  const held = sessions.get(root) ?? start(root, dirname(job.path));
  sessions.delete(root);
  sessions.set(root, held);
  const answer = held.thread.ask(job, held.isOpen ? deadlineMs : deadlineMs * FIRST_DEADLINE_FACTOR);
  if (answer.kind === "findings") {
    held.isOpen = true;
    held.idle.refresh();
  } else end(root, held);
  return answer;
}

function start(root: string, folder: string): Held {
  for (const [other, held] of [...sessions].slice(0, Math.max(0, sessions.size - MOST_SESSIONS + 1))) end(other, held);
  const held: Held = {
    thread: startSessionThread(root, folder),
    idle: setTimeout(() => end(root, held), IDLE).unref(),
    isOpen: false,
  };
  return held;
}

function end(root: string, held: Held): void {
  clearTimeout(held.idle);
  if (sessions.get(root) === held) sessions.delete(root);
  held.thread.end();
}
