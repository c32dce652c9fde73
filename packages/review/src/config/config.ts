/** What a configuration says, whichever file it stands in. */
import type { Model } from "@review/analysis";
import type { Severity } from "@review/findings";
import type { Budget, Price } from "@review/suggestions";

/** How a rule is set: off, at a severity, or at a severity with its options. No rule has options, so they are empty. */
export type RuleSetting = "off" | Severity | readonly [severity: Severity, options: Readonly<Record<string, never>>];

/** Settings by rule id. */
export type RuleSettings = Readonly<Record<string, RuleSetting | undefined>>;

/** Settings for some files. */
export interface ConfigOverride {
  /** Globs relative to the configuration's folder; one without a slash matches at any depth, `!` takes files back. */
  readonly files: readonly string[];
  readonly rules: RuleSettings;
}

/** How the pull-request bot behaves; it reads this of the base branch alone. */
export interface PullRequestConfig {
  /** Open inline comments at most, 0 to 30; 10 if absent. */
  readonly maxInline?: number | undefined;
  /** The lowest severity that is told; `warning` if absent. */
  readonly minSeverity?: Severity | undefined;
  /** From this severity up a new finding makes the check fail; `error` if absent. */
  readonly failOn?: Severity | "never" | undefined;
  /** What becomes of a thread whose finding is gone; `resolve` if absent. */
  readonly resolveFixed?: "resolve" | "minimize" | "delete" | "off" | undefined;
  /** Whether there is a summary among the comments; `sticky` if absent. */
  readonly summary?: "sticky" | "check-only" | "off" | undefined;
  /** What the check concludes when there was no review; `neutral` if absent. */
  readonly notReviewed?: "neutral" | "failure" | undefined;
  /** Whether drafts are reviewed. */
  readonly draft?: boolean | undefined;
  /** Pull requests with this label are left alone; `review:skip` if absent. */
  readonly skipLabel?: string | undefined;
}

/** A configuration; whatever it leaves out stays at its default. */
export interface Config {
  /** For editors: where the JSON Schema of this file is. */
  readonly $schema?: string | undefined;
  /** Which rules are on before `rules` is read; `recommended` if absent. */
  readonly preset?: "recommended" | "refactor" | "preview" | "all" | undefined;
  readonly rules?: RuleSettings | undefined;
  /** Globs of files that are not reviewed, read as those of `overrides` are. */
  readonly ignore?: readonly string[] | undefined;
  /** Of several overrides that match a file and name a rule, the last one decides. */
  readonly overrides?: readonly ConfigOverride[] | undefined;
  readonly pr?: PullRequestConfig | undefined;
  /** What functions do: facts that win over those of the built-in tables. */
  readonly models?: readonly Model[] | undefined;
  /** How a model is asked, where the user asks for it. Which server, and with which key, only the environment says. */
  readonly suggest?: SuggestConfig | undefined;
  /** What a model's fix must stand. */
  readonly verify?: VerifyConfig | undefined;
}

/** What a model's fix must stand before it is shown; less than the default only where a team decides so. */
export interface VerifyConfig {
  /**
   * Whether a fix may change what a file exports, or a signature, if the model says that it does. Everything that imports
   * the file must compile all the same, and `--fix-verified` leaves such a fix to people.
   */
  readonly allowApiChange?: boolean | undefined;
}

/** How a model is asked; the command line wins over it. */
export interface SuggestConfig {
  readonly model?: string | undefined;
  /** Language of the explanations. */
  readonly language?: string | undefined;
  /** Requests under way at a time, 1 to 32. */
  readonly concurrency?: number | undefined;
  /** Bound of an answer in tokens, reasoning included. */
  readonly outputTokens?: number | undefined;
  /** What the model takes in all, question and answer, in tokens. */
  readonly contextTokens?: number | undefined;
  /** What one run may spend. */
  readonly budget?: Budget | undefined;
  /** US dollars for a million tokens, by the name of the model. */
  readonly prices?: Readonly<Record<string, Price>> | undefined;
}

/** Gives back what it is given; an editor and the compiler then know the type of a configuration in TypeScript or JavaScript. */
export function defineConfig(config: Config): Config {
  return config;
}
