/** The data that every stage after the analysis passes on: plain, readonly, JSON-safe. */

export type Severity = "error" | "warning" | "info";

export type Category =
  | "promises"
  | "nullness"
  | "conditions"
  | "assignments"
  | "calls"
  | "collections"
  | "text"
  | "numbers"
  | "regex"
  | "control-flow"
  | "errors"
  | "resources"
  | "concurrency"
  | "names"
  | "operators"
  | "classes"
  | "refactoring";

/** A place in a file's text. Offsets count UTF-16 units without a byte-order mark; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place in a file. `file` is relative to the working directory of the review, with '/' separators. */
export interface Location {
  readonly file: string;
  readonly span: Span;
}

/** Replace the text at `span` of `file` by `text`. */
export interface TextEdit extends Location {
  readonly text: string;
}

/** One fact that the finding rests on: a type, a definition, a step of a path. */
export interface Evidence extends Location {
  readonly message: string;
}

/** What verification found of a fix; null: that check was not made. */
export interface Verified {
  readonly types: boolean | null;
  readonly rules: boolean | null;
  readonly tests: boolean | null;
}

/** Edits with a title. `safe`: may be applied unasked; `suggested`: a person decides. */
export interface Fix {
  /** A verb phrase: "Add `await`". */
  readonly title: string;
  readonly safety: "safe" | "suggested";
  readonly origin: "rule" | "model";
  readonly edits: readonly TextEdit[];
  readonly verified: Verified;
}

export type SuggestionStatus =
  | "verified"
  | "advice"
  | "unverified"
  | "off"
  | "no_key"
  | "budget"
  | "skipped_secret"
  | "refused"
  | "truncated"
  | "bad_output"
  | "too_large"
  | "rate_limited"
  | "quota_exhausted"
  | "auth_failed"
  | "model_not_found"
  | "server_error"
  | "timeout"
  | "network"
  | "offline"
  | "bad_gateway"
  | "cancelled";

/** A test that fails because of a finding and passes with its fix: somebody has run it both ways, several times. */
export interface Proof {
  /** What runs it: `node:test`, `vitest`, `jest` or `mocha`. */
  readonly runner: string;
  /** Where it would stand, named as the finding's own file is. */
  readonly file: string;
  readonly test: string;
}

/** How to repair a finding, in words: the rule's own (`page`) or a model's. */
export interface Suggestion {
  readonly status: SuggestionStatus;
  readonly reason: string | null;
  readonly origin: "page" | "model";
  readonly text: string;
  readonly model: string | null;
  /** There when the finding was reproduced. */
  readonly proof?: Proof | undefined;
}

/**
 * What keeps a finding recognisable when its lines move or its file is formatted anew:
 * the names of the declarations around it and its own code as tokens joined by single blanks.
 */
export interface Anchor {
  readonly scope: string;
  readonly code: string;
}

/** A finding as the analysis makes it, before it has an identity and a suggestion. */
export interface DraftFinding extends Location {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly fixes: readonly Fix[];
  /** How to repair this finding, in the rule's own words. */
  readonly repair: string;
  readonly anchor: Anchor;
}

export interface Finding extends DraftFinding {
  /** 64 hex digits that survive moved lines, renamed files and reformatting. */
  readonly fingerprint: string;
  readonly suggestion: Suggestion;
}
