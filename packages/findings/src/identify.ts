/** Gives findings their identity: a fingerprint that stays when lines move, files are renamed or code is formatted anew. */
import { createHash } from "node:crypto";
import { compareFindings } from "./compare.ts";
import type { DraftFinding, Finding, Suggestion } from "./finding.ts";
import { normaliseCode } from "./normalise-code.ts";

export interface IdentifyOptions {
  /**
   * The path that a file keeps for good: relative to the repository's root, with '/' separators, and the former one where git
   * tells of a renaming. Two files of one review must not share it.
   */
  canonicalPath(file: string): string;
}

/**
 * Turns drafts into findings, in the order given, with the rule's own words as suggestion.
 *
 * Give all findings of a file at once: those that are alike in rule, scope and code are told apart by their order in it.
 */
export function identify(drafts: readonly DraftFinding[], options: IdentifyOptions): Finding[] {
  const fingerprints = fingerprintsOf(drafts, options);
  return drafts.map(draft => ({
    ...draft,
    fingerprint: fingerprints.get(draft) as string,
    suggestion: ownWords(draft),
  }));
}

function fingerprintsOf(drafts: readonly DraftFinding[], options: IdentifyOptions): Map<DraftFinding, string> {
  const fingerprints = new Map<DraftFinding, string>();
  const counts = new Map<string, number>();
  for (const draft of drafts.toSorted(compareFindings)) {
    const path = options.canonicalPath(draft.file);
    const likeness = JSON.stringify([draft.ruleId, path, draft.anchor.scope, normaliseCode(draft.anchor.code)]);
    const ordinal = counts.get(likeness) ?? 0;
    counts.set(likeness, ordinal + 1);
    fingerprints.set(draft, createHash("sha256").update(`${likeness}#${ordinal}`).digest("hex"));
  }
  return fingerprints;
}

function ownWords(draft: DraftFinding): Suggestion {
  return { status: "advice", reason: null, origin: "page", text: draft.repair, model: null };
}
