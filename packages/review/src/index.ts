/**
 * The programmatic door: `review()` reviews files or a text and gives back a report, `loadConfig()` and
 * `configuredRequest()` bring a project's configuration into a request.
 */
export type {
  Category,
  Evidence,
  Finding,
  Fix,
  Location,
  Severity,
  Span,
  Suggestion,
  SuggestionStatus,
  TextEdit,
} from "@review/findings";
export type { Incomplete, Report, RuleDescriptor } from "@review/reporters";
export { SourceError, type SourceOptions, type Target } from "@review/source";
export { configuredRequest } from "./config/configured-request.ts";
export {
  defineConfig,
  type Config,
  type ConfigOverride,
  type PullRequestConfig,
  type RuleSetting,
  type RuleSettings,
  type SuggestConfig,
  type VerifyConfig,
} from "./config/config.ts";
export { loadConfig, type LoadConfigOptions, type LoadedConfig } from "./config/load-config.ts";
export { openLiveReview, type LiveReview, type LiveReviewRequest } from "./live-review.ts";
export type { Facts, Model } from "@review/analysis";
export type {
  ChosenFix,
  FixesTogether,
  PlainModules,
  Ports,
  Progress,
  Prover,
  ProverPlan,
  ReviewBeside,
  ReviewRequest,
  ReviewStats,
  RunTests,
  TestVerdict,
  Trial,
  VerifiedEdit,
} from "./request.ts";
export { RequestError } from "./request-error.ts";
export { review } from "./review.ts";
export { openReviewer, type Reviewer } from "./reviewer.ts";
export {
  catalogue,
  selectRules,
  type RuleOverride,
  type RuleSelection,
  type SeveritySettings,
} from "./select-rules.ts";
export { version } from "./version.ts";
