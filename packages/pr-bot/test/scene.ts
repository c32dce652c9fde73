/**
 * A pull request on a GitHub of our own, a checkout of it, and the command as a workflow starts it: with its arguments and its
 * environment. It runs in the test's own process, whose thread has the rules loaded, unless what is tested is up to a process.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openReviewer } from "@review/review";
import { afterAll, expect, onTestFinished, vi } from "vitest";
import {
  createWorkingCopy,
  startGitHubServer,
  type GitHubServer,
  type Hub,
  type PullHandle,
  type PullOptions,
  type WorkingCopy,
} from "@review/testkit/github";
import { runProgram } from "../dist/program.js";

// Each run starts compilers, and a test has several.
vi.setConfig({ testTimeout: 300_000 });

const reviewer = openReviewer(1);
afterAll(() => reviewer.close());

export const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** Without the types of a browser, which take the compiler as long to read as all the rest. */
export const TSCONFIG = JSON.stringify({
  compilerOptions: { strict: true, target: "es2023", lib: ["es2023"], module: "nodenext", types: [] },
});

/** A warning (`floating-promise`, line 3 of its function) with a fix that can be verified. */
export const warning = (
  name: string,
): string => `export async function ${name}(save: () => Promise<void>): Promise<number> {
  const started = Date.now();
  save();
  return started;
}
`;

/** An error (`fresh-object-lookup`, second line). */
export const error = `const seen = new Set<object>();
export const has = seen.has({ id: 1 });
`;

export const sound = "export const answer = 42;\n";

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly args?: readonly string[];
  /** The payload; that of a push to the pull request if absent. */
  readonly event?: object;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs a process of its own; one that `onStart` is told of always is. */
  readonly isProcess?: boolean;
  /** Given the process as soon as it runs. */
  readonly onStart?: (child: ChildProcess) => Promise<void>;
}

export interface Scene {
  readonly github: GitHubServer;
  readonly hub: Hub;
  readonly copy: WorkingCopy;
  /** Commits to the branch `topic` and pushes. */
  readonly push: (files: Readonly<Record<string, string | Uint8Array | null>>) => string;
  readonly open: (options?: PullOptions) => PullHandle;
  readonly run: (pull: PullHandle, options?: RunOptions) => Promise<Result>;
  /** Another command than `run`, about the whole repository. */
  readonly command: (...args: readonly string[]) => Promise<Result>;
}

export type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** A repository with these files on its main branch. */
export async function scene(files: Files = { "src/sound.ts": sound }): Promise<Scene> {
  const github = await startGitHubServer();
  const copy = createWorkingCopy();
  const place = mkdtempSync(join(tmpdir(), "review-run-"));
  onTestFinished(async () => {
    copy.remove();
    rmSync(place, { recursive: true, force: true });
    await github.close();
    expect(github.wrong).toEqual([]);
  });
  const hub = github.createRepository("acme/shop", { permissions: { mia: "write" } });
  copy.commit("main", { "tsconfig.json": TSCONFIG, "package.json": '{ "type": "module" }', ...files });
  copy.pushTo(hub.gitDir);
  const token = github.createToken("github-actions[bot]");
  const job = {
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_TOKEN: token,
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: github.url,
    GITHUB_WORKSPACE: copy.folder,
    REVIEW_WRITE_PAUSE_MS: "0",
  };
  return {
    github,
    hub,
    copy,
    push: changed => {
      const commit = copy.commit("topic", changed);
      copy.pushTo(hub.gitDir);
      hub.moved();
      return commit;
    },
    open: options => hub.openPull("topic", options),
    command: (...args) => runHere(args, job),
    run: (pull, options: RunOptions = {}) => {
      const { args = [], event = pull.event("synchronize"), env = {}, isProcess = false, onStart } = options;
      const eventPath = join(place, "event.json");
      writeFileSync(eventPath, JSON.stringify(event));
      const variables = { ...job, GITHUB_EVENT_PATH: eventPath, ...env };
      return isProcess || onStart ? start(["run", ...args], variables, onStart) : runHere(["run", ...args], variables);
    },
  };
}

/** Carries out the command as its process does. */
export async function runHere(args: readonly string[], variables: Readonly<Record<string, string>>): Promise<Result> {
  const [out, notes] = [[] as string[], [] as string[]];
  const status = await runProgram(args, {
    variables,
    signal: new AbortController().signal,
    out: line => void out.push(`${line}\n`),
    note: line => void notes.push(`review-bot: ${line}\n`),
    review: reviewer.review,
  });
  return { status, stdout: out.join(""), stderr: notes.join("") };
}

/** Starts the command, in an environment without what a developer may have set for it. */
export async function start(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  onStart?: RunOptions["onStart"],
): Promise<Result> {
  const own = Object.entries(process.env).filter(([name]) => !/^(OPENAI_|REVIEW_|GITHUB_|NODE_OPTIONS$)/.test(name));
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...Object.fromEntries(own), ...env } });
  const [stdout, stderr] = [[] as Buffer[], [] as Buffer[]];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  const ended = new Promise<number | null>((done, fail) => child.once("error", fail).once("close", done));
  await onStart?.(child);
  const status = await ended;
  return { status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}

/** What stands in the files below a folder, as one text. */
export function textsBelow(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return entries.map(entry => readFileSync(join(entry.parentPath, entry.name), "latin1")).join("\n");
}

/** The threads of a pull request as "path:line rule", with what became of them. */
export function threadsOf(handle: PullHandle): readonly string[] {
  return handle.pull.threads.map(thread => {
    const rule = /\[`([a-z-]+)`\]/.exec(thread.comments[0]?.body ?? "")?.[1] ?? "?";
    const state = thread.resolvedBy ? " resolved" : "";
    return `${thread.path}:${handle.place(thread).line ?? "-"} ${rule}${state}`;
  });
}

/** The latest check of the head. */
export function checkOf(
  { hub }: Scene,
  pull: PullHandle,
): { readonly title: string | null; readonly conclusion: string | null; readonly annotations: number } {
  const run = hub.repository.checkRuns.findLast(entry => entry.head_sha === pull.head());
  return {
    title: run?.output.title ?? null,
    conclusion: run?.conclusion ?? null,
    annotations: run?.annotations.length ?? 0,
  };
}

/** Writes since a mark in the list of requests. */
export function writesSince({ github }: Scene, mark: number): readonly string[] {
  return github.seen
    .slice(mark)
    .filter(
      ({ method, path, body }) =>
        method !== "GET" && (path !== "/graphql" || String(body["query"]).startsWith("mutation")),
    )
    .map(({ method, path }) => `${method} ${path.replace(/\d{3,}/g, "N")}`);
}

export type { PullHandle };
