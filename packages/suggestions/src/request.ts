/** What the stage is given for a finding and what it answers: plain data, no model in sight. */
import type { Finding, Fix, Suggestion, Verified } from "@review/findings";

/**
 * What a model needs to know of the code around a finding. The caller makes it with the compiler.
 * All text except `rulePage` comes from the reviewed repository and is treated as untrusted data.
 */
export interface SuggestionContext {
  /** As in the finding: relative to the working directory, '/' separated. */
  readonly file: string;
  readonly language: "ts" | "tsx" | "js" | "jsx";
  /** The declaration around the finding, or the part of it that fits the budget: one contiguous slice of the file. */
  readonly declaration: {
    readonly text: string;
    /** Offset of the slice in the file, in UTF-16 units without a byte-order mark. */
    readonly start: number;
  };
  /** The import statements of the file, verbatim with what stands between them; undefined: none, or too many to show. */
  readonly imports: { readonly text: string; readonly start: number } | undefined;
  /** Definitions that the declaration refers to, the most useful first. */
  readonly types: readonly { readonly name: string; readonly text: string }[];
  readonly environment: ProjectFacts;
  /** The rule's own page: trusted text of ours. */
  readonly rulePage: { readonly summary: string; readonly repair: string; readonly example?: string };
}

export interface ProjectFacts {
  readonly target?: string;
  readonly module?: string;
  readonly engines?: string;
  /** As the project's manifest has it: a range of versions. */
  readonly typescript?: string;
  readonly framework?: readonly string[];
  readonly strict?: boolean;
}

export interface SuggestionRequest {
  readonly finding: Finding;
  readonly context: SuggestionContext;
}

/**
 * The answer to one request; `fix` is null unless the status is `verified`, or `unverified` where nobody verifies. A fix that
 * was turned down, or that the time did not suffice for, is not handed on: the status is then `unverified` as well.
 */
export interface SuggestionResult {
  readonly suggestion: Suggestion;
  readonly fix: Fix | null;
  /** The check that turned the last fix down, or the answer itself, if one did. */
  readonly rejectedBy?: string | undefined;
  /** Names in the model's words that do not exist. */
  readonly unknownNames?: readonly string[] | undefined;
  /** Why there is no proof, where one was asked for. */
  readonly unproven?: string | undefined;
}

/** What the caller's verification says of a proposed fix. */
export type FixVerdict =
  | { readonly status: "verified"; readonly verified: Verified }
  /** `because`: what spoke against the fix, as the compiler or the rules say it; goes back to the model word for word. */
  | { readonly status: "rejected"; readonly because: string; readonly check?: string | undefined }
  /** The fix was not tried to the end: that is nobody's fault, and no other one would fare better. */
  | { readonly status: "unverified"; readonly because: string };

/** Judges a proposed fix; may be called for several findings at a time. */
export type VerifyFix = (request: SuggestionRequest, fix: Fix, allowance: Allowance) => Promise<FixVerdict>;

/** What a fix may do beyond its repair. */
export interface Allowance {
  /** Change what others see of the file: the model admits it, and the user allows it. */
  readonly mayChangeApi: boolean;
}

/** Those of the names that mean something in the finding's program; may be called for several findings at a time. */
export type KnowNames = (request: SuggestionRequest, names: readonly string[]) => Promise<readonly string[]>;

/** How a test is to be written so that it can be run here. */
export interface TestPlan {
  readonly runner: "node:test" | "vitest" | "jest" | "mocha";
  /** Where it would stand, named as findings name files. */
  readonly file: string;
  /** How it imports the file that the finding is in. */
  readonly subject: string;
}

/** Runs tests that a model wrote, where nothing that they do matters. */
export interface ProofBench {
  /** How a test for this finding is to be written; undefined: none could be run. */
  plan(request: SuggestionRequest): TestPlan | undefined;
  /** Whether the test fails without the fix and passes with it, every time; may be called for several findings at a time. */
  run(request: SuggestionRequest, fix: Fix, plan: TestPlan, test: string): Promise<ProofVerdict>;
}

export type ProofVerdict =
  | { readonly isProof: true }
  /** `because` goes back to the model, unless another test would fare no better (`isFinal`). */
  | { readonly isProof: false; readonly because: string; readonly isFinal?: boolean };
