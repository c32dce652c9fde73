/** The command as a person starts it: a process of its own, in a real folder. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What stands on standard input; nothing if absent. */
  readonly input?: string | Buffer;
  /** Options for Node itself. */
  readonly node?: readonly string[];
  /** A program, with its arguments, that starts it. */
  readonly before?: readonly string[];
}

/** Starts the command without the settings of whoever runs the tests. */
export function start(
  cwd: string,
  args: readonly string[],
  { env, node = [], before = [] }: RunOptions = {},
): ChildProcess {
  const [program, ...rest] = [...before, process.execPath, ...node, MAIN, ...args] as [string, ...string[]];
  return spawn(program, rest, { cwd, env: environment(cwd, env) });
}

export function environment(cwd: string, env: RunOptions["env"] = {}): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(OPENAI_|REVIEW_|NO_COLOR$|FORCE_COLOR$|FORCE_HYPERLINK$|CI$|NODE_OPTIONS$)/.test(name),
  );
  return { ...Object.fromEntries(own), REVIEW_CACHE_DIR: join(cwd, ".cache"), ...env };
}

/** Options for Node that run a script before the command, in each of its threads. */
export function preloading(cwd: string, script: string): readonly string[] {
  const path = join(cwd, "preload.mjs");
  writeFileSync(path, script);
  return ["--import", path];
}

/** Options for Node that add rules of severity error to the catalogue: by id, the source of the `listen` of each. */
export function withRules(cwd: string, rules: Readonly<Record<string, string>>, more: object = {}): readonly string[] {
  const meta = { category: "names", severity: "error", preset: "recommended", since: "0.1.0", ...more };
  const own = Object.keys(rules).map(id => ({ id, summary: "A test.", repair: "None.", ...meta }));
  const pushed = own.map(it => `rules.push({ ...${JSON.stringify(it)}, listen: ${rules[it.id] ?? ""} });\n`);
  return preloading(
    cwd,
    `import { metadata } from ${JSON.stringify(import.meta.resolve("@review/rules/metadata"))};
import { isMainThread } from "node:worker_threads";
metadata.push(...${JSON.stringify(own)});
if (!isMainThread) {
  const { rules } = await import(${JSON.stringify(import.meta.resolve("@review/rules"))});
  ${pushed.join("  ")}}
`,
  );
}

export async function run(cwd: string, args: readonly string[], options: RunOptions = {}): Promise<Result> {
  const child = start(cwd, args, options);
  child.stdin?.end(options.input ?? "");
  return finished(child);
}

/** Waits for the end of a process and gives what it wrote. */
export async function finished(child: ChildProcess): Promise<Result> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
  const status = await new Promise<number | null>((done, fail) => child.once("error", fail).once("close", done));
  return { status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}

/** The findings of a run with `--format json`, as "file:line rule". */
export function found({ stdout }: Result): readonly string[] {
  const { findings } = JSON.parse(stdout) as {
    readonly findings: readonly {
      readonly file: string;
      readonly ruleId: string;
      readonly range: { readonly start: { readonly line: number } };
    }[];
  };
  return findings.map(({ file, ruleId, range }) => `${file}:${range.start.line} ${ruleId}`);
}

/** The processes that a process has started and that still run. */
export function childrenOf(pid: number): readonly number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" });
  return stdout
    .trim()
    .split("\n")
    .map(line => line.trim().split(/\s+/))
    .filter(([, parent, state = ""]) => Number(parent) === pid && !state.startsWith("Z"))
    .map(([child]) => Number(child));
}

/** Whether a process still runs; one that only waits for its parent to look does not. */
export function isAlive(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.trim().startsWith("Z");
}

/** Waits until something is there; throws when it does not come in half a minute. */
export async function until<T>(look: () => T | undefined): Promise<T> {
  for (let left = 3_000; left > 0; left--) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise(done => setTimeout(done, 10));
  }
  throw new Error("It did not come.");
}

/** One warning (`floating-promise`, line 3), without a safe fix. */
export const warning = `declare function save(): Promise<void>;
export async function run(): Promise<void> {
  save();
}
`;

/** One error (`fresh-object-lookup`, line 2). */
export const error = `const seen = new Set<object>();
export const has = seen.has({ id: 1 });
`;

/** Nothing to find. */
export const sound = "export const answer = 42;\n";

/** Two warnings (`unused-ignore`, lines 1 and 3), each with a safe fix. */
export const fixable = `// review-ignore floating-promise -- nothing floats here
export const one = 1;
// review-ignore await-non-promise -- nor here
export const two = 2;
`;
