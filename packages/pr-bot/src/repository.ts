/** Where a review reads code from: git on this machine, or GitHub's API where there is no git that has the commits. */
import type { ChangedFile } from "./change/changed-files.ts";

/** A file of a commit. */
export interface Blob {
  readonly path: string;
  /** As git writes it: 100644, 100755, 120000 for a link, 160000 for a submodule. */
  readonly mode: string;
  readonly id: string;
}

export interface Changes {
  /** Those of the kinds that are reviewed. */
  readonly files: readonly ChangedFile[];
  /** What whoever reads the result has to know. */
  readonly notes: readonly string[];
}

/** Commits that can be read; nothing of them is ever run or checked out. */
export interface Repository {
  /** The files of a commit, or those at its root alone. */
  readonly list: (commit: string, depth?: "root") => Promise<readonly Blob[]>;
  /** Bytes of each. */
  readonly sizes: (blobs: readonly Blob[]) => Promise<readonly number[]>;
  /** Hands over files of a commit one by one, in an order of its own; what cannot be had is left out. */
  readonly read: (commit: string, blobs: readonly Blob[], take: Take) => Promise<void>;
  /** The files that differ between two commits; hunks show three lines around, as GitHub does. */
  readonly changes: (from: string, to: string) => Promise<Changes>;
}

export type Take = (path: string, content: Buffer) => Promise<void>;
