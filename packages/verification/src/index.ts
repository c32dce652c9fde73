export {
  verifyFixes,
  verifyTogether,
  type Candidate,
  type OtherRules,
  type VerificationRequest,
} from "./verify-fixes.ts";
export type { Check, Verdict } from "./verdict.ts";
