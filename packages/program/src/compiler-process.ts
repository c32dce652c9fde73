/** The compiler's process: starting it, knowing it, noticing that it is gone, and ending it for certain. */
import type { ChildProcess } from "node:child_process";
import { totalmem } from "node:os";
import { API } from "typescript/sync";

/** A running compiler. */
export interface CompilerProcess {
  readonly api: API;
  /** Process id, for whoever must end it from another thread. */
  readonly pid: number | undefined;
  /** Ends the process whatever it is doing; never throws, also when it has already ended. */
  end(): void;
}

/** Starts a compiler; `cwd` is an absolute path and only matters to relative names. */
export function startCompiler(cwd: string, measure = false): CompilerProcess {
  const api = withEnvironment(lessCollecting(), () => new API({ cwd, collectTiming: measure }));
  const channel = channelOf(api);
  const child = channel?.child;
  // Once the process has ended, its pipes are closed, and their numbers may already be those of another compiler's.
  child?.once("exit", () => channel?.close?.());
  return { api, pid: child?.pid, end: () => end(api, channel) };
}

/**
 * The compiler is written in Go, which collects garbage whenever as much again is allocated as was in use: a fifth of its time. Here it
 * waits for three times as much, as long as that stays below half of the memory. What the user sets counts.
 */
function lessCollecting(): Readonly<Record<string, string>> {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  return { GOGC: "300", GOMEMLIMIT: String(Math.round(memory / 2)) };
}

/** Has a child process that `start` starts see some variables that are not set; the compiler's client passes none itself. */
function withEnvironment<T>(variables: Readonly<Record<string, string>>, start: () => T): T {
  const added = Object.entries(variables).filter(([name]) => process.env[name] === undefined);
  for (const [name, value] of added) process.env[name] = value;
  try {
    return start();
  } finally {
    for (const [name] of added) Reflect.deleteProperty(process.env, name);
  }
}

/** Whether an error says that the compiler's process has ended, rather than that a question was wrong. */
export function isCompilerGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : undefined;
  if (typeof code === "string" && ["EBADF", "EPIPE", "ECONNRESET", "EOF"].includes(code)) return true;
  return /Unexpected EOF while reading|SyncRpcChannel is closed|Child process exited/.test(error.message);
}

/** What the compiler's client speaks through. */
interface Channel {
  readonly child?: ChildProcess;
  /** Gives the pipes back without a word, and refuses further questions. */
  readonly close?: () => void;
}

/**
 * The channel and its child process have no public name, yet a busy compiler outlives its parent and ignores a closed pipe, so it
 * must be killed. Undefined when a later version of the compiler's client keeps them elsewhere.
 */
function channelOf(api: API): Channel | undefined {
  const { client } = api as unknown as { client?: { channel?: Channel } };
  return client?.channel;
}

/**
 * To close the client as such would have it take leave of a process that is dead, by numbers of pipes that another thread may have
 * got for its own compiler: that one then waits for an answer which was read by somebody else.
 */
function end(api: API, channel: Channel | undefined): void {
  const child = channel?.child;
  // Its thread must live on until it has taken note of the end: a thread that leaves before leaves a zombie behind.
  if (child?.exitCode === null && child.signalCode === null) child.ref();
  child?.kill("SIGKILL");
  try {
    if (channel?.close) channel.close();
    else api.close();
  } catch {
    // The conversation of a dead process cannot be closed in good order; its handles are released all the same.
  }
}
