/** What the main thread and the thread of a compiler session say to each other: plain data. */
import type { Analysis, Model } from "@review/analysis";
import type { Finding } from "@review/findings";
import type { Note, Problem } from "@review/program";
import type { SuggestionContext } from "@review/suggestions";
import type { Candidate, Verdict } from "@review/verification";
import type { DeclarationFiles, Declarations } from "./context/declarations.ts";
import type { PlainModules } from "./request.ts";

export interface AnalysisJob {
  /** Absolute; findings name files relative to it. */
  readonly cwd: string;
  /** Absolute, '/' separated. */
  readonly files: readonly string[];
  /** The tsconfig to use for every file. */
  readonly project?: string | undefined;
  /** Texts that stand for files on disk, by absolute path. */
  readonly texts?: ReadonlyMap<string, string> | undefined;
  readonly ruleIds: readonly string[];
  /** What the configuration says of functions. */
  readonly models: readonly Model[];
  /** Whether bytes and times are counted. */
  readonly measure: boolean;
  /** Whether the compiler stays open for other files after this one: there is one, read with its own project. */
  readonly isLive?: boolean;
}

export interface AnalysisOutcome extends Analysis {
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
  /** How many projects were opened. */
  readonly projects: number;
  /** Sent to and received from the compiler; 0 unless measured. */
  readonly bytes: number;
}

export interface VerificationJob {
  readonly candidates: readonly Candidate[];
  /** For how long overlays may be made. */
  readonly budgetMs: number;
}

export interface NamesJob {
  /** As findings name it. */
  readonly file: string;
  readonly names: readonly string[];
}

export interface ModulesJob {
  /** Absolute path of the module that a test imports. */
  readonly path: string;
  /** Texts that lie over the tree, by absolute path. */
  readonly texts: ReadonlyMap<string, string>;
  /** The test itself, which no project holds. */
  readonly test: { readonly path: string; readonly text: string };
}

export interface DeclarationsJob {
  readonly findings: readonly Finding[];
  readonly files: DeclarationFiles;
}

/** What can be asked of a session, by name; `analyse` comes first, and after it only when all was forgotten or set aside, or it is live. */
export interface Jobs {
  analyse: { readonly request: AnalysisJob; readonly answer: AnalysisOutcome };
  /** Keeps what was analysed for later; the next analysis stands beside it. */
  setAside: { readonly request: undefined; readonly answer: undefined };
  /** Ends the compiler and everything that was known of what it had read; what was set aside is there again. */
  forget: { readonly request: undefined; readonly answer: undefined };
  verify: { readonly request: VerificationJob; readonly answer: readonly Verdict[] };
  /** Answers with the places, in the list of candidates, of those that stand as one change. */
  verifyTogether: { readonly request: VerificationJob; readonly answer: readonly number[] };
  /** Answers with those of the names that mean something in the finding's program. */
  names: { readonly request: NamesJob; readonly answer: readonly string[] };
  /** Answers with a module, all that it imports from the tree, and a test, without types. */
  modules: { readonly request: ModulesJob; readonly answer: PlainModules };
  /** Answers, for each finding, with the declarations in some files that it rests on or stands in. */
  declarations: { readonly request: DeclarationsJob; readonly answer: readonly Declarations[] };
  contexts: { readonly request: readonly Finding[]; readonly answer: readonly SuggestionContext[] };
}

export type JobName = keyof Jobs;

export type WorkerRequest<Name extends JobName = JobName> =
  | { readonly id: number; readonly name: Name; readonly request: Jobs[Name]["request"] }
  /** The compiler has been ended, and nothing more will be asked. */
  | "leave";

export type WorkerMessage =
  /** The compiler runs, under this process id. */
  | { readonly kind: "compiler"; readonly pid: number | undefined }
  | { readonly kind: "progress"; readonly done: number }
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  /** `isLost`: the compiler is gone, so asking again is of no use. */
  | {
      readonly kind: "failure";
      readonly id: number;
      readonly message: string;
      readonly stack: string;
      readonly isLost: boolean;
    };
