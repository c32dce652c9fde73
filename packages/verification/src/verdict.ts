/** What verification says of a fix. */
import type { Verified } from "@review/findings";

export type Verdict =
  | { readonly status: "verified"; readonly verified: Verified }
  /** `because` holds the compiler's own diagnostics or the findings, for a person or for a model that tries again. */
  | { readonly status: "rejected"; readonly check: Check; readonly because: string }
  | { readonly status: "unverified"; readonly because: string };

/**
 * In the order in which they are made; the first that fails decides. Those of `reach`, `hatches`, `names`, `losses` and
 * `surface` are for a model's fixes only.
 */
export type Check =
  | "apply"
  | "parse"
  | "reach"
  | "hatches"
  | "types"
  | "names"
  /** What was to be repaired is still there. */
  | "finding"
  /** Something else is found. */
  | "rules"
  /** A check or code of the project that is gone. */
  | "losses"
  /** What the file exports, or a signature. */
  | "surface";
