/** A compiler session: one native compiler process, the projects that it has open, and the text laid over their files. */
import { API, type Checker, type Program, type Snapshot } from "typescript/sync";

/** The compiler's options as JSON, and what a person wants to know of a project. */
export interface ProjectPlan {
  /** Absolute path of the tsconfig or jsconfig; undefined for files that no project includes. */
  readonly configFile: string | undefined;
  /** Absolute paths of the files that are to be analysed as part of this project, sorted. */
  readonly files: readonly string[];
}

/** A project of a session as the analysis sees it; valid until the session is given other texts or closed. */
export interface OpenProject {
  /** Unique within the session; types, symbols and nodes of different projects must never meet. */
  readonly id: string;
  readonly plan: ProjectPlan;
  readonly program: Program;
  readonly checker: Checker;
}

export interface Session {
  readonly api: API;
  /** Process id of the compiler, for whoever must end it from outside. */
  readonly pid: number | undefined;
  readonly projects: readonly OpenProject[];
  /** Lays texts over the files on disk (undefined: removes the file) and answers with the projects as they then are. */
  withTexts(texts: ReadonlyMap<string, string>): readonly OpenProject[];
  close(): void;
}
