/**
 * Repositories as the bot keeps them: bare, partial (commits and trees, files when they are needed), cached within a bound. The
 * credential is handed to git in its environment for the time of a fetch, and is neither in an argument nor on disk.
 */
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { git, GitError, type GitOptions } from "./git.ts";
import { isRead } from "../reviewed.ts";
import { listTree } from "./git-repository.ts";

export interface Remote {
  /** Address without credentials. */
  readonly url: string;
  readonly token: string | undefined;
}

export interface Mirrors {
  /** The folder of a repository that has both commits and, of each, the files that are read. */
  open(remote: Remote, refs: readonly string[], commits: readonly string[], signal?: AbortSignal): Promise<string>;
  /** Removes those that were not used for longest until the rest is within the bound. */
  trim(): Promise<void>;
}

export interface MirrorOptions {
  readonly folder: string;
  readonly maxBytes: number;
}

/** A cache of mirrors in a folder; only one process may use it. */
export function createMirrors({ folder, maxBytes }: MirrorOptions): Mirrors {
  const busy = new Map<string, Promise<unknown>>();
  /** Git locks what it changes, and would fail instead of waiting. */
  const inTurn = <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const result = (busy.get(name) ?? Promise.resolve()).then(work, work);
    busy.set(
      name,
      result.catch(() => undefined),
    );
    return result;
  };
  return {
    open: (remote, refs, commits, signal) => {
      const name = createHash("sha256").update(remote.url).digest("hex").slice(0, 24);
      return inTurn(name, () => fetched(join(folder, `${name}.git`), remote, refs, commits, signal));
    },
    trim: () =>
      trim(folder, maxBytes, name => inTurn(name, () => rm(join(folder, name), { recursive: true, force: true }))),
  };
}

/** A mirror that git cannot use is made anew, once: somebody may have ended git while it wrote. */
async function fetched(
  place: string,
  remote: Remote,
  refs: readonly string[],
  commits: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string> {
  const options: GitOptions = {
    signal,
    ...(remote.token === undefined ? {} : { authorization: { url: remote.url, value: basic(remote.token) } }),
  };
  const isOld = existsSync(place);
  try {
    await fetchInto(place, remote.url, refs, commits, options);
  } catch (error) {
    if (!isOld || !(error instanceof GitError)) throw error;
    await rm(place, { recursive: true, force: true });
    await fetchInto(place, remote.url, refs, commits, options);
  }
  return place;
}

async function fetchInto(
  place: string,
  url: string,
  refs: readonly string[],
  commits: readonly string[],
  options: GitOptions,
): Promise<void> {
  if (!existsSync(place)) await create(place, url, options);
  const now = new Date();
  await utimes(place, now, now);
  if (!(await hasAll(place, commits))) {
    const fetch = ["fetch", "-q", "--filter=blob:none", "--no-tags", "--no-write-fetch-head", "origin"];
    // A branch may have moved on: the commits themselves are asked for, and their refs where a server gives only those.
    // They get names: of what no name leads to, a later fetch would not tell the server, and get it all again.
    const named = commits.map((commit, index) => `+${commit}:refs/review/${index}`);
    await git(place, [...fetch, ...named], options).catch(async (error: unknown) => {
      if (!(error instanceof GitError)) throw error;
      await git(place, [...fetch, ...refs], options);
    });
  }
  await fetchFiles(place, commits, options);
}

function basic(token: string): string {
  return `Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
}

/** Whole or not at all: it gets its name when it is ready. */
async function create(place: string, url: string, options: GitOptions): Promise<void> {
  const unnamed = `${place}.${randomUUID()}`;
  await mkdir(unnamed, { recursive: true });
  try {
    await git(unnamed, ["init", "-q", "--bare"], options);
    await appendFile(join(unnamed, "config"), `${PARTIAL}\turl = ${JSON.stringify(url)}\n`);
    await rename(unnamed, place);
  } finally {
    await rm(unnamed, { recursive: true, force: true });
  }
}

const PARTIAL = `[core]
\trepositoryformatversion = 1
[extensions]
\tpartialClone = origin
[remote "origin"]
\tpromisor = true
\tpartialclonefilter = blob:none
`;

/** A commit that is missing is an error for older versions of git, and a line with a question mark for newer ones. */
async function hasAll(place: string, commits: readonly string[]): Promise<boolean> {
  const listed = await git(place, ["rev-list", "--no-walk", "--missing=print", ...commits]).catch(() => "");
  const there = new Set(listed.split("\n"));
  return commits.every(commit => there.has(commit));
}

/** All missing files in one request; git by itself would ask for each. */
async function fetchFiles(place: string, commits: readonly string[], options: GitOptions): Promise<void> {
  const trees = commits.map(commit => `${commit}^{tree}`);
  const listed = await git(place, ["rev-list", "--objects", "--missing=print", "--no-object-names", ...trees], options);
  const missing = new Set(
    listed
      .split("\n")
      .filter(line => line.startsWith("?"))
      .map(line => line.slice(1)),
  );
  if (missing.size === 0) return;
  const ids = new Set<string>();
  for (const commit of commits) {
    for (const { path, id } of await listTree(place, commit, options)) {
      if (missing.has(id) && isRead(path)) ids.add(id);
    }
  }
  if (ids.size === 0) return;
  const input = `${[...ids].join("\n")}\n`;
  const args = [
    "-c",
    "fetch.negotiationAlgorithm=noop",
    "fetch",
    "-q",
    "origin",
    "--no-tags",
    "--no-write-fetch-head",
    "--filter=blob:none",
    "--stdin",
  ];
  await git(place, args, { ...options, input });
}

async function trim(folder: string, maxBytes: number, remove: (name: string) => Promise<void>): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const mirrors = await Promise.all(
    names
      .filter(name => name.endsWith(".git"))
      .map(async name => {
        const place = join(folder, name);
        return { name, used: (await stat(place)).mtimeMs, bytes: await sizeOf(place) };
      }),
  );
  let total = mirrors.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { name, bytes } of mirrors.sort((a, b) => a.used - b.used)) {
    if (total <= maxBytes) break;
    await remove(name);
    total -= bytes;
  }
}

async function sizeOf(place: string): Promise<number> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter(entry => entry.isFile())
      .map(entry =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
