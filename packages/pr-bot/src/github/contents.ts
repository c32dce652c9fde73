/** Contents of files in a folder, under git's names for them: each is what its name says, whoever brought it. */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface Contents {
  readonly has: (id: string) => boolean;
  /** Keeps a content if it is the one of that name, and says whether it is. */
  readonly put: (id: string, content: Buffer) => Promise<boolean>;
  /** Undefined for what was never put. */
  readonly get: (id: string) => Promise<Buffer | undefined>;
}

/** Keeps contents in a folder, which is made when it is needed. */
export function createContents(folder: string): Contents {
  const known = new Set<string>();
  return {
    has: id => known.has(id),
    put: async (id, content) => {
      const genuine = [content, withPlainLineEnds(content)].find(variant => idOf(variant, id.length) === id);
      if (!genuine) return false;
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, id), genuine, { mode: 0o600 });
      known.add(id);
      return true;
    },
    get: async id => (known.has(id) ? readFile(join(folder, id)) : undefined),
  };
}

/** A repository may ask for other line ends in a checkout, and an archive is one. */
function withPlainLineEnds(content: Buffer): Buffer {
  return Buffer.from(content.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}

/** As git names a content; a repository may use the longer kind of names. */
function idOf(content: Buffer, length: number): string {
  return createHash(length === 64 ? "sha256" : "sha1")
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest("hex");
}
