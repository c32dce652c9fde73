/**
 * What one run of a command costs, with all processes that it starts.
 *
 * CPU time is the larger of two figures that fail in opposite ways: what the system adds up for processes that were
 * waited for (exact, but blind to a compiler that is ended together with its parent), and what /proc showed of each
 * process (sees every process that lives, but misses the last moments of each).
 * Memory is the largest sum of resident memory at one moment, so pages that processes share count more than once.
 * Without /proc, so on anything but Linux, memory stays unknown and CPU time is the first figure.
 */
import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { text } from "node:stream/consumers";
import { ProcessTree } from "./process-tree.ts";

export interface Usage {
  readonly wallSeconds: number;
  /** User and system time of the whole process tree. */
  readonly cpuSeconds: number;
  /** Undefined where the system does not tell. */
  readonly peakBytes: number | undefined;
  /** Null when a signal ended the command. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Processes that outlived the command; they have been ended. */
  readonly leftBehind: number;
}

export interface Command {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

const SAMPLE_EVERY_MS = 50;

/** How long a helper process may take to notice that its parent is gone. */
const GRACE_MS = 200;

/** The shell waits for the command and writes what its children used to a descriptor that the command does not see. */
const LAUNCHER = '"$@" 3>&-; code=$?; times >&3; exit $code';

/** Runs a command to its end; throws only when there is no POSIX shell to run it in. */
export async function measure(command: Command): Promise<Usage> {
  const scratch = mkdtempSync(join(tmpdir(), "review-bench-"));
  const files = { out: join(scratch, "stdout"), err: join(scratch, "stderr") };
  try {
    const cost = await runInShell(command, files);
    return { ...cost, stdout: readFileSync(files.out, "utf8"), stderr: readFileSync(files.err, "utf8") };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The seconds of the second line that the shell's `times` prints: what its children used, as `0m1.5s 0m0.25s`. */
export function childSeconds(times: string): number {
  const [, children = ""] = times.trim().split("\n");
  const spans = [...children.matchAll(/(\d+)m(\d+(?:[.,]\d+)?)s/g)];
  return spans.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds?.replace(",", ".")),
    0,
  );
}

async function runInShell(
  { argv, cwd, env }: Command,
  files: { readonly out: string; readonly err: string },
): Promise<Omit<Usage, "stdout" | "stderr">> {
  // Files instead of pipes: a reader that falls behind must not slow the command down.
  const descriptors = [openSync(files.out, "w"), openSync(files.err, "w")] as const;
  const started = performance.now();
  const shell = spawn("sh", ["-c", LAUNCHER, "sh", ...argv], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", ...descriptors, "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => shell.on("error", reject).on("exit", resolve));
  const times = text(shell.stdio[3] as NodeJS.ReadableStream);
  // It is awaited once the command has ended; till then an error waits, too.
  times.catch(() => {});
  const tree = new ProcessTree(shell.pid ?? 0);
  const timer = setInterval(() => tree.sample(), SAMPLE_EVERY_MS);
  try {
    const exitCode = await ended;
    const wallSeconds = (performance.now() - started) / 1000;
    await delay(GRACE_MS);
    const leftBehind = endAll(tree.alive());
    const cpuSeconds = Math.max(childSeconds(await times), tree.cpuSeconds);
    return { wallSeconds, cpuSeconds, peakBytes: tree.peakBytes || undefined, exitCode, leftBehind };
  } finally {
    clearInterval(timer);
    descriptors.forEach(descriptor => closeSync(descriptor));
  }
}

function endAll(pids: readonly number[]): number {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself in the meantime.
    }
  }
  return pids.length;
}
