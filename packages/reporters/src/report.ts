/** What a reporter is given: the findings of a review and what it takes to show them. */
import type { Category, Finding, Severity } from "@review/findings";

/** What a rule says of itself: the header of its page, a SARIF descriptor, a row of `review rules`. */
export interface RuleDescriptor {
  readonly id: string;
  /** One sentence that names the bad pattern. */
  readonly summary: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly preset: "recommended" | "refactor" | "preview";
  /** How to repair what the rule finds, in one or two sentences. */
  readonly repair: string;
  /** The rule's page. */
  readonly url: string;
}

/** A file or project that could not be analysed, or only in part. */
export interface Incomplete {
  readonly file: string;
  readonly reason: string;
}

export interface Report {
  readonly tool: {
    readonly name: "review";
    readonly version: string;
    readonly typescript: string;
    /** The project's page, for formats that name one. */
    readonly url?: string;
  };
  /** Sorted by file, position and rule. */
  readonly findings: readonly Finding[];
  readonly summary: {
    readonly files: number;
    readonly analysed: number;
    readonly skipped: readonly Incomplete[];
    readonly incomplete: readonly Incomplete[];
    readonly durationMs: number;
  };
  readonly usage: {
    readonly requests: number;
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly costUsd: number | null;
    /** Requests that may have been charged though nobody said so: they count at their worst. None if absent. */
    readonly unreported?: number | undefined;
  };
  /** Every rule that ran. */
  readonly rules: readonly RuleDescriptor[];
  /** The text of every file that a finding, its evidence or its fixes name, without byte-order mark. */
  readonly texts: ReadonlyMap<string, string>;
}

/** How to write, beyond what to write. */
export interface ReporterOptions {
  /** Absolute directory that the report's files are relative to. */
  readonly cwd: string;
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  readonly hyperlinks: boolean;
}

/** Turns a report into the bytes of one format. */
export type Reporter = (report: Report, options: ReporterOptions) => string;
