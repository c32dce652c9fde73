/** What a model says about a finding. Whether it is right is for verification to decide. */
export {
  createSuggester,
  type BatchActions,
  type Suggester,
  type SuggesterSettings,
  type SuggestHooks,
} from "./suggester.ts";
export { openFetch, proxiesIn, type Fetch, type Proxies } from "./model/transport.ts";
export type { Preview } from "./preview.ts";
export { buildPrompt, type Conversation, type PromptOptions, type Turn } from "./prompt.ts";
export { decodeAnswer, answerSchema, type Answer, type Decoded } from "./answer.ts";
export { resolveEdits, type ResolvedEdits } from "./edits.ts";
export { plainText } from "./prose.ts";
export { secretIn } from "./secrets.ts";
export { openLedger, type Ledger, type Reservation, type Settlement, type WorstCase } from "./ledger.ts";
export type { Budget, Price, TokenUsage, Usage } from "./ledger.ts";
export type { Clock } from "./clock.ts";
export type {
  Allowance,
  FixVerdict,
  KnowNames,
  ProjectFacts,
  ProofBench,
  ProofVerdict,
  SuggestionContext,
  SuggestionRequest,
  SuggestionResult,
  TestPlan,
  VerifyFix,
} from "./request.ts";
