export { verifyFixes, type Candidate, type VerificationRequest } from "./verify-fixes.ts";
export type { Check, Verdict } from "./verdict.ts";
