/**
 * Commits read by GitHub's API, for a machine that has no git with them: the lists of files tell what there is and how large it is
 * before anything is loaded, one archive brings the bulk, and single requests bring what it lacks.
 */
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { createGunzip } from "node:zlib";
import type { Blob, Repository, Take } from "../repository.ts";
import { filesIn } from "./archive.ts";
import { createContents, type Contents } from "./contents.ts";
import { statusOf } from "./failures.ts";
import { listFiles, TRUNCATED } from "./files.ts";
import type { Target } from "./target.ts";

/** GitHub lists some 100 000 files of a commit and no more. */
export class TreeTooLarge extends Error {
  override readonly name = "TreeTooLarge";
}

export interface ApiOptions {
  /** Where contents are kept; whoever gives it removes it. */
  readonly folder: string;
}

/** From here up one archive is less to ask for than each file. */
const FEW = 60;
/** A workflow's token has a thousand requests an hour, for all workflows of a repository. */
const MOST_SINGLE = 300;
const AT_A_TIME = 10;
/** Unpacked, with all the pictures that are passed over. */
const ARCHIVE_BYTES = 4_000_000_000;

/** The commit from which the change of a pull request counts. */
export async function mergeBaseByApi({ client, owner, repo }: Target, base: string, head: string): Promise<string> {
  const basehead = `${base}...${head}`;
  const { data } = await client.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
    ...{ owner, repo, basehead },
    per_page: 1,
  });
  return data.merge_base_commit.sha;
}

/** Reads the commits of a pull request; what was loaded once is not loaded again. */
export function apiRepository(target: Target, { folder }: ApiOptions): Repository {
  const contents = createContents(folder);
  const sizes = new Map<string, number>();
  const lists = new Map<string, Promise<readonly Blob[]>>();
  return {
    list: (commit, depth) => {
      const key = `${commit} ${depth ?? ""}`;
      const list = lists.get(key) ?? listTree(target, commit, depth, sizes);
      lists.set(key, list);
      return list;
    },
    sizes: blobs => Promise.resolve(blobs.map(({ id }) => sizes.get(id) ?? 0)),
    read: (commit, blobs, take) => read({ target, contents, sizes }, commit, blobs, take),
    changes: async () => {
      const { files, isTruncated } = await listFiles(target);
      return { files, notes: isTruncated ? [TRUNCATED] : [] };
    },
  };
}

async function listTree(
  { client, owner, repo }: Target,
  commit: string,
  depth: "root" | undefined,
  sizes: Map<string, number>,
): Promise<readonly Blob[]> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
    ...{ owner, repo, tree_sha: commit },
    ...(depth === "root" ? {} : { recursive: "1" }),
  });
  if (data.truncated) throw new TreeTooLarge("GitHub does not list all files of the commit: they are too many.");
  return data.tree.flatMap(({ path, mode, type, sha, size }) => {
    if (type === "tree" || !path || !mode || !/^[0-9a-f]{40,64}$/.test(sha)) return [];
    sizes.set(sha, size ?? 0);
    return [{ path, mode, id: sha }];
  });
}

interface Source {
  readonly target: Target;
  readonly contents: Contents;
  readonly sizes: ReadonlyMap<string, number>;
}

async function read(source: Source, commit: string, blobs: readonly Blob[], take: Take): Promise<void> {
  const { contents } = source;
  const missing = (): readonly string[] => [...new Set(blobs.map(({ id }) => id))].filter(id => !contents.has(id));
  if (missing().length > FEW) await loadArchive(source, commit, blobs).catch(() => loadArchive(source, commit, blobs));
  await loadEach(source, missing().slice(0, MOST_SINGLE));
  for (const { path, id } of blobs) {
    const content = await contents.get(id);
    if (content) await take(path, content);
  }
}

/** What the archive leaves out or changes, as a repository may ask for by its attributes, is not taken from it. */
async function loadArchive({ target, contents, sizes }: Source, commit: string, blobs: readonly Blob[]): Promise<void> {
  const wanted = new Map(blobs.filter(({ id }) => !contents.has(id)).map(({ path, id }) => [path, id]));
  const packed = Readable.fromWeb(await openArchive(target, commit));
  const unpacked = createGunzip({ chunkSize: 256 * 1024 });
  packed.on("error", error => unpacked.destroy(error)).pipe(unpacked);
  // Line ends may have grown by one byte each.
  const isWanted = (path: string, size: number): boolean => size <= 2 * (sizes.get(wanted.get(path) ?? "") ?? -1);
  try {
    for await (const { path, content } of filesIn(within(unpacked, ARCHIVE_BYTES), isWanted)) {
      await contents.put(wanted.get(path) ?? "", content);
      wanted.delete(path);
      if (wanted.size === 0) break;
    }
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}

/** GitHub leads to another server, with an address that is enough there; the token stays behind, as it does at every change of server. */
async function openArchive({ client, owner, repo }: Target, commit: string): Promise<ReadableStream<Uint8Array>> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/tarball/{ref}", {
    ...{ owner, repo, ref: commit },
    request: { parseSuccessResponseBody: false, fetch: client.fetchLong },
  });
  return data as ReadableStream<Uint8Array>;
}

async function* within(bytes: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  let seen = 0;
  for await (const chunk of bytes) {
    yield chunk;
    seen += chunk.length;
    if (seen > most) return;
  }
}

async function loadEach({ target, contents }: Source, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += AT_A_TIME) {
    await Promise.all(ids.slice(at, at + AT_A_TIME).map(id => loadOne(target, contents, id)));
  }
}

async function loadOne({ client, owner, repo }: Target, contents: Contents, id: string): Promise<void> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
      ...{ owner, repo, file_sha: id },
    });
    await contents.put(id, Buffer.from(data.content, "base64"));
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
}
