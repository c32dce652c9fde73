/** `--verify-command`: the user's own tests, run on a copy of the tree for each fix of the model. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import type { RunTests } from "@review/review";
import { copyTree, isWithin, type TreeCopy } from "./tree-copy.ts";

export interface TestRunner {
  readonly run: RunTests;
  /** Removes the copy. */
  close(): void;
}

/** Longer runs count as failed: a fix may well have made a loop endless. */
const LONGEST_MS = 10 * 60_000;
/** Of what the command prints, so much of the end is told. */
const LONGEST_OUTPUT = 3_000;

/** The runner that the options ask for, if they do. */
export function testsFor(
  { verifyCommand }: { readonly verifyCommand?: string },
  cwd: string,
  signal: AbortSignal,
  note: (text: string) => void,
): TestRunner | undefined {
  return verifyCommand === undefined ? undefined : openTestRunner(verifyCommand, cwd, signal, note);
}

/** Copies nothing and runs nothing before the first fix is to be tried; one fix is tried at a time. */
function openTestRunner(command: string, cwd: string, signal: AbortSignal, note: (text: string) => void): TestRunner {
  let copy: TreeCopy | undefined;
  let isSound: boolean | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const tryOne: RunTests = async changed => {
    copy ??= copyTree(cwd);
    if (isSound === undefined) {
      isSound = (await execute(command, copy.cwd, signal)).status === 0;
      if (!isSound) note(`\`${command}\` fails on a copy of the tree as it is: fixes are shown without its word.`);
    }
    return isSound ? runOn(copy, changed, () => execute(command, (copy as TreeCopy).cwd, signal)) : { kind: "unknown" };
  };
  return {
    run: changed => {
      const next = last.then(() => tryOne(changed));
      last = next.catch(() => undefined);
      return next;
    },
    close: () => copy?.remove(),
  };
}

async function runOn(
  copy: TreeCopy,
  changed: ReadonlyMap<string, string>,
  run: () => Promise<Executed>,
): ReturnType<RunTests> {
  const { pathOf } = copy;
  // What is a link in the tree is one in the copy, and may lead out of it.
  if (![...changed.keys()].every(path => isWithin(copy, pathOf(path)))) return { kind: "unknown" };
  const before = [...changed.keys()].map(path => [pathOf(path), readFileSync(pathOf(path))] as const);
  try {
    for (const [path, text] of changed) writeFileSync(pathOf(path), text);
    const { status, output } = await run();
    return status === 0 ? { kind: "passed" } : { kind: "failed", output };
  } finally {
    for (const [path, text] of before) writeFileSync(path, text);
  }
}

interface Executed {
  readonly status: number | null;
  readonly output: string;
}

/** In a process group of its own, so that what it has started ends with it. */
function execute(command: string, cwd: string, signal: AbortSignal): Promise<Executed> {
  return new Promise((done, fail) => {
    const child = spawn(command, {
      cwd,
      shell: true,
      detached: process.platform !== "win32",
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const hear = (chunk: Buffer): void => {
      output = (output + chunk.toString("utf8")).slice(-LONGEST_OUTPUT);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    const end = (): void => endGroup(child.pid);
    const timer = setTimeout(end, LONGEST_MS);
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) end();
    child.once("error", fail);
    child.once("close", status => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      done({ status, output });
    });
  });
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
