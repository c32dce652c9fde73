/** The real git behind the server: every diff and every tree it tells of comes from here. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeFiles } from "../folders/write-files.ts";

const ENVIRONMENT: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"))),
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.org",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.org",
  GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
  GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
};

/** A repository of a test is too short-lived to be tidied up, which would be a process or two for each commit and each push. */
const SETTINGS = [
  "core.quotePath=false",
  "init.defaultBranch=main",
  "protocol.file.allow=always",
  "gc.auto=0",
  "maintenance.auto=false",
  "receive.autoGC=false",
].flatMap(setting => ["-c", setting]);

/** What git says, as it says it; throws what it complains about. */
export function git(directory: string, args: readonly string[], input?: string | Buffer): string {
  return gitBytes(directory, args, input).toString("utf8");
}

/** The same as bytes. */
export function gitBytes(directory: string, args: readonly string[], input?: string | Buffer): Buffer {
  const { status, stdout, stderr } = spawnSync("git", ["-C", directory, ...SETTINGS, ...args], {
    env: ENVIRONMENT,
    ...(input === undefined ? {} : { input }),
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${String(stderr)}`);
  return stdout;
}

/**
 * The commit that a name of a bare repository stands for. Read as a file where it is one: a server asks this with every
 * request, and everybody who waits for its answer would wait for a process to start.
 */
export function commitAt(gitDir: string, name: string): string {
  try {
    return readFileSync(join(gitDir, name), "utf8").trim();
  } catch {
    return git(gitDir, ["rev-parse", name]).trim();
  }
}

/** Whether one commit came before another. */
export function isAncestor(gitDir: string, before: string, after: string): boolean {
  return git(gitDir, ["rev-list", "-1", before, `^${after}`]).trim() === "";
}

/**
 * Commits files to a branch of a bare repository, as somebody who has pushed: one process, where a working copy takes seven. The
 * branch begins at `from` if it is new.
 */
export function commitInto(
  gitDir: string,
  branch: string,
  files: Readonly<Record<string, string | Buffer>>,
  from: string,
  words = "Change",
): string {
  const ref = `refs/heads/${branch}`;
  const parent = existsSync(join(gitDir, ref)) ? ref : `refs/heads/${from}`;
  const data = (content: string | Buffer): readonly (string | Buffer)[] => [
    `data ${Buffer.byteLength(content)}\n`,
    content,
    "\n",
  ];
  const stream = [
    `commit ${ref}\ncommitter Ada <ada@example.org> 1767225600 +0000\n`,
    ...data(words),
    `from ${commitAt(gitDir, parent)}\n`,
    ...Object.entries(files).flatMap(([name, content]) => [
      `M 100644 inline ${JSON.stringify(name)}\n`,
      ...data(content),
    ]),
    "\n",
  ];
  git(gitDir, ["fast-import", "--quiet", "--force"], Buffer.concat(stream.map(part => Buffer.from(part))));
  return commitAt(gitDir, ref);
}

/** A working copy in which tests make commits as a person would. */
export interface WorkingCopy {
  readonly folder: string;
  /** Writes files (null: removes it) and commits them to a branch, which begins at `from` if it is new; gives the commit. */
  commit(branch: string, files: Readonly<Record<string, string | Uint8Array | null>>, from?: string): string;
  git(...args: string[]): string;
  /** Moves everything into a bare repository, as a push would. */
  pushTo(gitDir: string, ...refs: string[]): void;
}

/** A new repository in a temporary folder; `remove` deletes it. */
export function createWorkingCopy(): WorkingCopy & { remove(): void } {
  const place = realpathSync.native(mkdtempSync(join(tmpdir(), "review-git-")));
  const folder = join(place, "copy");
  mkdirSync(folder);
  git(folder, ["init", "-q", "-b", "main"]);
  const run = (...args: string[]): string => git(folder, args);
  const inside = join(folder, ".git");
  const exists = (branch: string): boolean => existsSync(join(inside, "refs/heads", branch));
  const hasCommits = (): boolean => readdirSync(join(inside, "refs/heads")).length > 0;
  return {
    folder,
    git: run,
    commit(branch, files, from = "main") {
      // Read as files, not asked of git: many tests make many commits, and each question is a process.
      const isHere = readFileSync(join(inside, "HEAD"), "utf8").trim() === `ref: refs/heads/${branch}`;
      if (!isHere && exists(branch)) run("checkout", "-q", branch);
      else if (!isHere && hasCommits()) run("checkout", "-q", "-b", branch, from);
      const written = Object.entries(files).filter(
        (entry): entry is [string, string | Uint8Array] => entry[1] !== null,
      );
      for (const name of Object.keys(files)) rmSync(join(folder, name), { force: true, recursive: true });
      for (const [name] of written) mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFiles(folder, Object.fromEntries(written));
      run("add", "-A");
      run("commit", "-q", "--allow-empty", "-m", "Change");
      return commitAt(inside, `refs/heads/${branch}`);
    },
    pushTo: (gitDir, ...refs) => void run("push", "-q", "-f", gitDir, ...(refs.length > 0 ? refs : ["--all"])),
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}
