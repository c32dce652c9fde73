/** What verification says of a fix. */
import type { Verified } from "@review/findings";

export type Verdict =
  | { readonly status: "verified"; readonly verified: Verified }
  /** `because` holds the compiler's own diagnostics or the findings, for a person or for a model that tries again. */
  | { readonly status: "rejected"; readonly check: Check; readonly because: string }
  | { readonly status: "unverified"; readonly because: string };

/** In the order in which they are made; the first that fails decides. */
export type Check = "apply" | "parse" | "types" | "rules";
