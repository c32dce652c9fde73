/**
 * A place to run code that nobody has read: without a network, the environment, other files or other processes, bounded in time
 * and memory. Where it cannot be had in full, there is none.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { watchMemory } from "./memory-watch.ts";
import { PROBE } from "./sandbox-probe.ts";
import { SETUP, TREE, type Binding } from "./sandbox-setup.ts";

export interface Order {
  /** What is run, by its names within. */
  readonly command: readonly [string, ...string[]];
  /** Beside the system's programs and Node. */
  readonly bindings: readonly Binding[];
  readonly cwd: string;
  readonly ms: number;
  /** Of all its processes together, in bytes; 1.5 GiB if absent. */
  readonly memory?: number;
  readonly signal: AbortSignal;
}

export interface Ran {
  /** Of the process; null where it was ended. */
  readonly status: number | null;
  /** Why it was ended. */
  readonly stoppedFor: "time" | "memory" | "interrupt" | null;
  /** The end of what it wrote. */
  readonly output: string;
}

export interface Sandbox {
  run(order: Order): Promise<Ran>;
  /** Removes what it has on disk. */
  close(): void;
}

export type Opened =
  | { readonly sandbox: Sandbox; readonly refused?: undefined }
  | { readonly sandbox?: undefined; readonly refused: string };

/** Opens a sandbox after having tried that it holds; in words why there is none. */
export async function openSandbox(signal: AbortSignal): Promise<Opened> {
  if (process.platform !== "linux") return { refused: "a sandbox can be had on Linux only" };
  const folder = mkdtempSync(join(tmpdir(), "review-sandbox-"));
  const root = join(folder, "root");
  const empty = join(folder, "tree");
  for (const each of [root, empty]) mkdirSync(each, { mode: 0o755 });
  const sandbox: Sandbox = {
    run: order => start(order, root),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
  const probe = [process.execPath, "-e", PROBE] as const;
  const tried = await sandbox.run({
    command: probe,
    bindings: [{ from: empty, to: TREE }],
    cwd: TREE,
    ms: 60_000,
    signal,
  });
  if (tried.status === 0 && tried.output.trim() === "closed") return { sandbox };
  sandbox.close();
  const [why = "no answer"] = tried.output.trim().split("\n").slice(-1);
  return { refused: `this system gives no sandbox (${why.slice(0, 160) || `status ${String(tried.status)}`})` };
}

/** Of what runs in a sandbox, the end is kept. */
const LONGEST_OUTPUT = 6_000;

const PROGRAMS = "/usr/sbin:/usr/bin:/sbin:/bin";
/** Programs and libraries of the system; settings, homes and everything else stay outside. */
const SYSTEM = ["/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/bin", "/lib", "/lib64", "/etc/ld.so.cache"];
const NIX = "/nix/store";

/** What is there of it, and Node's own program, without what is around it: that may be a home. */
function visibleSystem(): readonly string[] {
  const there = [...SYSTEM, NIX].filter(path => existsSync(path));
  const isIn = there.some(path => process.execPath.startsWith(`${path}/`));
  return isIn ? there : [...there, process.execPath];
}

function start({ command, bindings, cwd, ms, memory = 1_536 * 2 ** 20, signal }: Order, root: string): Promise<Ran> {
  const isRoot = process.getuid?.() === 0;
  const own = visibleSystem().map(path => ({ from: path, to: path }));
  const visible = [...own, ...bindings].flatMap(({ from, to }) => [from, to]);
  const namespaces = ["--mount", "--net", "--pid", "--ipc", "--uts", "--cgroup", "--fork", "--kill-child"];
  const user = isRoot ? [] : ["--user", "--map-root-user"];
  const script = ["sh", "-c", SETUP, "sh", root, isRoot ? "drop" : "own", ...visible, "--", ...command];
  const child = spawn("setpriv", ["--pdeathsig", "KILL", "unshare", ...user, ...namespaces, "--", ...script], {
    cwd: "/",
    detached: true,
    env: { PATH: PROGRAMS, HOME: "/tmp", TMPDIR: "/tmp", LANG: "C.UTF-8", NODE_ENV: "test", REVIEW_CWD: cwd },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return watched(child, { ms, memory, signal });
}

function watched(
  child: ChildProcess,
  { ms, memory, signal }: Required<Pick<Order, "ms" | "memory" | "signal">>,
): Promise<Ran> {
  return new Promise(done => {
    let output = "";
    let stoppedFor: Ran["stoppedFor"] = null;
    const hear = (chunk: Buffer): void => {
      output = (output + chunk.toString("utf8")).slice(-LONGEST_OUTPUT);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    const stop = (why: NonNullable<Ran["stoppedFor"]>): void => {
      stoppedFor ??= why;
      endGroup(child.pid);
    };
    const interrupt = (): void => stop("interrupt");
    const timer = setTimeout(() => stop("time"), ms);
    const unwatch = watchMemory(child.pid, memory, () => stop("memory"));
    signal.addEventListener("abort", interrupt, { once: true });
    if (signal.aborted) interrupt();
    let isOver = false;
    const over = (status: number | null): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      unwatch();
      signal.removeEventListener("abort", interrupt);
      done({ status: stoppedFor ? null : status, stoppedFor, output });
    };
    child.once("error", error => {
      output = error.message;
      over(null);
    });
    child.once("close", over);
  });
}

/** The first process dies with its starter, and with it the namespace. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
