/** What a face asks of a review, and what it lends it. */
import type { Model } from "@review/analysis";
import type { Finding, Fix, Severity } from "@review/findings";
import type { Report } from "@review/reporters";
import type { SourceOptions, Target } from "@review/source";
import type { ProofVerdict, Suggester, SuggestionContext, TestPlan } from "@review/suggestions";
import type { RuleSelection } from "./select-rules.ts";

/** As `review` does, and sooner: one at a time, while another review waits for it. */
export type ReviewBeside = (request: ReviewRequest, ports: Ports) => Promise<Report>;

export interface ReviewRequest {
  readonly target: Target;
  readonly sources?: SourceOptions;
  readonly rules?: RuleSelection;
  /** The lowest severity to show; `warning` if absent. */
  readonly severity?: Severity;
  /** Absolute path of the tsconfig to use for every file, instead of its own. */
  readonly project?: string | undefined;
  /** What functions do: facts that win over those of the built-in tables. */
  readonly models?: readonly Model[] | undefined;
  /** Only the findings whose fingerprints begin like one of these. */
  readonly only?: readonly string[] | undefined;
  /**
   * Where files were before they were renamed, by their present path, both relative to the repository: a finding keeps its
   * fingerprint under the former name.
   */
  readonly formerPaths?: ReadonlyMap<string, string> | undefined;
  /** Whether fixes are tried before they are shown; true if absent. */
  readonly verify?: boolean;
}

/** What a review needs from outside; a test can give all of it. */
export interface Ports {
  /** Ends the review: it then rejects with the signal's reason, and no process of it is left. */
  readonly signal: AbortSignal;
  /** Asked about each finding that is shown; without it findings come with the words of their rules. */
  readonly suggester?: Suggester | undefined;
  /** Told of each edit of the model that stood every check, with what it rests on. */
  readonly onVerifiedEdit?: ((edit: VerifiedEdit) => void) | undefined;
  /** Runs the user's own tests on each fix of the model that stood everything else; without it nobody knows of them. */
  readonly tests?: RunTests | undefined;
  /** Runs a test that the model writes for each error that it has a verified fix for; without it none is asked for. */
  readonly prover?: Prover | undefined;
  /**
   * Chooses among the findings before a fix is tried or the model asked; all of them if absent. What it has to review itself for
   * that is best reviewed `beside`.
   */
  readonly select?: ((findings: readonly Finding[], beside: ReviewBeside) => Promise<readonly Finding[]>) | undefined;
  /** Fixes that are to be applied in one go, which is more than that each stands alone. */
  readonly together?: FixesTogether | undefined;
  /** What was changed: a finding where nothing was is told with the changed declarations that it rests on. */
  readonly change?: TouchedPlaces | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** One-line facts that cost nothing but are good to know: packages without types, a compiler that was started again. */
  readonly onNote?: ((text: string) => void) | undefined;
  /** Facts for whoever looks for a defect, such as the stack of a rule that failed; they may have several lines. */
  readonly onDetail?: ((text: string) => void) | undefined;
  readonly onStats?: ((stats: ReviewStats) => void) | undefined;
  /** Told the process id of every compiler that is started. */
  readonly onCompiler?: ((pid: number) => void) | undefined;
  /** Milliseconds without a sign of life after which a compiler is ended; 120 000 if absent. */
  readonly stallMs?: number | undefined;
}

/** A fix that may be applied, and what it is for. */
export interface ChosenFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

export interface FixesTogether {
  /** Those that shall be applied, the ones that matter most first. */
  readonly choose: (findings: readonly Finding[]) => readonly ChosenFix[];
  /** Told which of them stand as one change: it compiles, what they are for is gone, and nothing else has come. */
  readonly onProven: (chosen: readonly ChosenFix[]) => void;
}

/** The places of a change; files as findings name them, lines inclusive. */
export interface TouchedPlaces {
  readonly files: ReadonlySet<string>;
  readonly touches: (file: string, first: number, last: number) => boolean;
}

/** An edit of the model that stood every check, and the code that it was made for. */
export interface VerifiedEdit extends Pick<SuggestionContext, "declaration" | "imports"> {
  readonly finding: Finding;
  readonly fix: Fix;
  readonly explanation: string;
  readonly model: string;
}

/** Runs tests on the project with some texts changed, by absolute path. */
export type RunTests = (changed: ReadonlyMap<string, string>) => Promise<TestVerdict>;

/** `unknown`: the tests say nothing, for they could not be run or fail without the change as well. */
export type TestVerdict =
  | { readonly kind: "passed" | "unknown" }
  /** The end of what they printed. */
  | { readonly kind: "failed"; readonly output: string };

/** A place where tests that nobody has read can be run. Paths are absolute. */
export interface Prover {
  /** How a test of a file is to be written; undefined: none can be run. */
  planFor(path: string): ProverPlan | undefined;
  /** Runs a test with the tree as it is, and with the changed texts, each several times. */
  run(trial: Trial): Promise<ProofVerdict>;
}

export interface ProverPlan extends Pick<TestPlan, "runner" | "subject"> {
  /** Where the test would stand. */
  readonly path: string;
  /** Whether modules must be handed over as JavaScript, since the runner does not translate them. */
  readonly needsModules: boolean;
}

export interface Trial {
  /** The file that the test is about. */
  readonly path: string;
  readonly plan: ProverPlan;
  readonly test: string;
  readonly changed: ReadonlyMap<string, string>;
  /** Where the plan needs them: the modules of the tree as it is, and of the changed one. */
  readonly modules: { readonly before: PlainModules; readonly after: PlainModules } | undefined;
}

/** Modules without types, and where their imports lead. */
export interface PlainModules {
  /** JavaScript, by the path of its source. */
  readonly texts: ReadonlyMap<string, string>;
  /** By importing file and specifier, the imported file. */
  readonly links: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface Progress {
  readonly phase: "analysis" | "suggestions";
  readonly done: number;
  readonly total: number;
}

/** What a run cost, for `--stats`. Milliseconds of wall time. */
export interface ReviewStats {
  readonly files: number;
  readonly projects: number;
  readonly questions: number;
  readonly roundTrips: number;
  readonly bytes: number;
  /** Control-flow graphs and summaries of functions that rules asked for, and what was too much to follow. */
  readonly flows: number;
  readonly flowsGivenUp: number;
  readonly summaries: number;
  readonly summariesGivenUp: number;
  readonly tasksGivenUp: number;
  /** The longest time that a rule took on one file without asking the compiler. */
  readonly slowest: { readonly ms: number; readonly ruleId: string; readonly file: string } | null;
  readonly phasesMs: Readonly<Record<"sources" | "analysis" | "verification" | "suggestions", number>>;
}
