/** The model's edits for findings, as far as somebody has asked one before: none is asked from here. */
import { cacheFolders, fixesFor } from "@review/cache";
import type { DraftFinding, Fix } from "@review/findings";
import { dirname } from "node:path";
import type { Job } from "./job.ts";

/** More would be a list to read, and each is tried before it is shown. */
const MOST_A_FINDING = 2;

/**
 * The findings, each with the edits that were verified for it on the code that stands there now, ahead of what its rule suggests:
 * they know more of that code. Their titles go on with the explanation, for which an editor has no other place.
 */
export function withKeptSuggestions(findings: readonly DraftFinding[], job: Job): readonly DraftFinding[] {
  if (findings.length === 0) return findings;
  const caches = cacheFolders(dirname(job.path));
  return findings.map(finding => {
    const offered = fixesFor(caches, finding, job.text).slice(0, MOST_A_FINDING);
    const kept = offered.map(({ fix, explanation, model }): Fix => {
      return { ...fix, title: inOneLine(`${fix.title} (${model}): ${explanation}`) };
    });
    return kept.length > 0 ? { ...finding, fixes: [...kept, ...finding.fixes] } : finding;
  });
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
