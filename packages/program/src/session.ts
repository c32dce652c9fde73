/** What the analysis sees: a compiler session, the projects that it has open, and the text laid over their files. */
import type { API, Checker, Program, RawCompilerOptions } from "typescript/sync";

/** Files that are understood together: the roots of one program and the options that give them their types. */
export interface ProjectPlan {
  /** Absolute path of the tsconfig or jsconfig; undefined for files that no project includes. */
  readonly configFile: string | undefined;
  /** Absolute paths of the files that are to be analysed as part of this project, sorted. */
  readonly files: readonly string[];
  /** Absolute paths of everything that the program starts from: `files` and the rest of the project. */
  readonly roots: readonly string[];
  /** The compiler's options as JSON, with enumerations as numbers. */
  readonly options: RawCompilerOptions;
  /** Whether the project has the compiler report errors in JavaScript (`checkJs`); a session always can. */
  readonly checksJavaScript: boolean;
}

/** A project of a session as the analysis sees it; valid until the session is given other texts or closed. */
export interface OpenProject {
  /** Unique within the session; types, symbols and nodes of different projects must never meet. */
  readonly id: string;
  readonly plan: ProjectPlan;
  readonly program: Program;
  readonly checker: Checker;
}

/** A file or configuration that could not be used in full; everything else still is. */
export interface Problem {
  /** Absolute path of the file, or of the tsconfig, jsconfig or package.json. */
  readonly file: string;
  readonly reason: string;
}

/** Something that costs types without anything being broken. */
export interface Note {
  readonly kind: "unresolved-package" | "not-installed";
  /** Absolute path of the package.json that declares the package. */
  readonly file: string;
  /** Names of the packages concerned, sorted. */
  readonly packages: readonly string[];
  readonly message: string;
}

/** What a session is opened for. */
export interface SessionRequest {
  /** Absolute path of the working directory. */
  readonly cwd: string;
  /** Absolute paths of the files to analyse. */
  readonly files: readonly string[];
  /** Absolute path of the tsconfig that every file is to be read with, instead of its own. */
  readonly project?: string | undefined;
  /** Texts that stand for the files' contents on disk. */
  readonly texts?: ReadonlyMap<string, string> | undefined;
  /** Told the compiler's process id before anything is asked of it, so that a hang while opening can be ended too. */
  readonly onCompiler?: ((pid: number | undefined) => void) | undefined;
  /** Whether the bytes that go to and from the compiler are counted, which costs a little. */
  readonly measure?: boolean | undefined;
}

/** One compiler process with the projects of some files; synchronous, and bound to the thread that opened it. */
export interface Session {
  readonly api: API;
  /** Process id of the compiler, for whoever must end it from outside. */
  readonly pid: number | undefined;
  readonly projects: readonly OpenProject[];
  /** Files and configurations that could not be used, sorted by file. */
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
  /** For files that belong to a project under their real name only: that name, by the name they were asked for. */
  readonly aliases: ReadonlyMap<string, string>;
  /**
   * Lays texts over the files as the session was opened (undefined: removes the file), instead of those laid before, and
   * answers with the projects as they then are. A text nested too deep counts as removed: its file is in no plan.
   */
  withTexts(texts: ReadonlyMap<string, string | undefined>): readonly OpenProject[];
  /** Ends the compiler; never throws, also when it is already gone or busy. */
  close(): void;
}
