/** The questions that this stage asks git; the answer is undefined where git is absent or does not know the folder. */
import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { relativeTo } from "./paths.ts";

/** What git has below a folder; '/' separated paths relative to it. */
export interface GitListing {
  /** Tracked files, deleted ones too, and untracked files that are not ignored. */
  readonly files: readonly string[];
  readonly submodules: readonly string[];
  /** Repositories of their own that this one neither tracks nor ignores. */
  readonly nested: readonly string[];
}

/** The nearest folder around `directory` that holds a `.git`: a folder, or the file of a worktree or submodule. */
export async function repositoryOf(directory: string): Promise<string | undefined> {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (await exists(join(folder, ".git"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Everything below `directory` that git tracks or would offer to track. */
export async function gitListing(directory: string): Promise<GitListing | undefined> {
  const [tracked, untracked] = await Promise.all([
    runGit(directory, ["ls-files", "-z", "--cached", "--stage"]),
    runGit(directory, ["ls-files", "-z", "--others", "--exclude-standard"]),
  ]);
  if (tracked?.code !== 0 || untracked?.code !== 0) return undefined;
  const entries = fieldsOf(tracked.output).map(entryOf);
  const others = fieldsOf(untracked.output);
  return {
    files: [...entries.filter(entry => !entry.submodule).map(entry => entry.path), ...others.filter(isFile)],
    submodules: entries.filter(entry => entry.submodule).map(entry => entry.path),
    nested: others.filter(path => !isFile(path)).map(path => path.slice(0, -1)),
  };
}

/** Those of the folders in the repository `top` that git ignores; all paths absolute and real. */
export async function gitIgnored(top: string, folders: readonly string[]): Promise<ReadonlySet<string> | undefined> {
  const byName = new Map(folders.filter(folder => folder !== top).map(folder => [relativeTo(top, folder), folder]));
  if (byName.size === 0) return new Set();
  const answer = await runGit(top, ["check-ignore", "-z", "--stdin"], [...byName.keys()].join("\0"));
  // 1: none of them is ignored.
  if (answer?.code !== 0 && answer?.code !== 1) return undefined;
  return new Set(fieldsOf(answer.output).flatMap(name => byName.get(name) ?? []));
}

/** `MODE HASH STAGE<tab>PATH`; a file in conflict comes once per stage. */
function entryOf(line: string): { path: string; submodule: boolean } {
  return { path: line.slice(line.indexOf("\t") + 1), submodule: line.startsWith("160000 ") };
}

function isFile(path: string): boolean {
  return !path.endsWith("/");
}

function fieldsOf(output: string): string[] {
  return output.split("\0").filter(field => field !== "");
}

/** Neither a repository's nor a user's configuration may start a program or change the form of the answer. */
const SETTINGS = ["core.fsmonitor=false", "core.quotePath=false"].flatMap(s => ["-c", s]);

async function runGit(
  directory: string,
  args: readonly string[],
  input = "",
): Promise<{ code: number; output: string } | undefined> {
  const git = await findGit();
  if (git === undefined) return undefined;
  return new Promise(resolve => {
    const options = { env: environment(), encoding: "utf8", maxBuffer: Infinity, windowsHide: true } as const;
    const child = execFile(git, ["-C", directory, ...SETTINGS, ...args], options, (error, output) => {
      const code = error === null ? 0 : error.code;
      resolve(typeof code === "number" ? { code, output } : undefined);
    });
    // A git that ends before it has read its input closes the pipe; its status tells why.
    child.stdin?.on("error", () => undefined).end(input);
  });
}

/**
 * Absolute path of git. Found by hand because Windows looks into the current folder first,
 * which is where code under review may have put a `git.exe` of its own.
 */
async function findGit(): Promise<string | undefined> {
  const name = process.platform === "win32" ? "git.exe" : "git";
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const file = join(folder, name);
    if (isAbsolute(folder) && (await isExecutable(file))) return file;
  }
  return undefined;
}

/** Set inside a git hook, where they would tie every answer to the hook's own repository. */
const HOOK_VARIABLES =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|NAMESPACE|.*OBJECT_DIRECTOR.*|.*_PATHSPECS)$/;

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !HOOK_VARIABLES.test(name));
  return { ...Object.fromEntries(kept), GIT_OPTIONAL_LOCKS: "0" };
}

async function isExecutable(file: string): Promise<boolean> {
  const runnable = await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
  return runnable && (await stat(file)).isFile();
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
