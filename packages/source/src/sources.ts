/** The data of this stage: what a person asked to look at, and what there is to look at. */
import type { Foreign } from "./foreign.ts";

/** What to review: what a person named (files, directories, globs; none: the directory itself), or one text. */
export type Target =
  | { readonly kind: "paths"; readonly paths: readonly string[]; readonly cwd: string }
  | { readonly kind: "stdin"; readonly fileName: string; readonly text: string; readonly cwd: string };

/** What narrows a target, beyond git and the defaults. */
export interface SourceOptions {
  /** Globs; one without a slash matches at any depth, `!` takes files back, the last match decides. */
  readonly ignore?: readonly string[];
  /** Absolute directory that `ignore` is relative to; the working directory if absent. */
  readonly ignoreBase?: string;
}

/** One file to analyse. */
export interface Source {
  /** Relative to the working directory, with '/' separators. */
  readonly file: string;
  /** Absolute, with '/' separators on every system, as the compiler wants it. */
  readonly path: string;
  /** As decoded, line ends untouched, without byte-order mark. */
  readonly text: string;
  /** The file begins with a byte-order mark, which whoever writes it has to put back. */
  readonly bom: boolean;
}

/** A file, or a whole folder, that is not analysed though a reader might expect it. */
export interface Skipped {
  /** Relative to the working directory, with '/' separators. */
  readonly file: string;
  readonly reason: string;
}

/** What there is to analyse. */
export interface Sources {
  /** Absolute, with '/' separators: the repository that the working directory is in, else the working directory. */
  readonly root: string;
  /** Sorted by `file` in code-unit order; no file twice. */
  readonly files: readonly Source[];
  /** Sorted in the same way. */
  readonly skipped: readonly Skipped[];
}

/** A file that may become a source. `named`: a person wrote its own name, not that of a folder around it. */
export interface Candidate {
  /** Absolute, in the system's own notation. */
  readonly path: string;
  readonly named: boolean;
  /** What it is by its path, unless its text tells that tests run it. */
  readonly foreign: Foreign | undefined;
}

/** A skipped file before it is told relative to the working directory. */
export interface SkippedPath {
  /** Absolute, in the system's own notation. */
  readonly path: string;
  readonly reason: string;
}
