/** Pairs of a file with a bug and the same file without it: what a model is measured on when its findings have a known end. */
import { isTestFile } from "@review/analysis";
import type { Finding, Span } from "@review/findings";
import { mutated, mutationsOf } from "./inverse-edits/mutations.ts";

/** One file twice. */
export interface Pair {
  /** As findings name it. */
  readonly file: string;
  readonly bug: string;
  readonly clean: string;
}

/** Files of fixtures, by their names: each that has a repaired or fixed one beside it, without what it says about itself. */
export function twinsAmong(texts: ReadonlyMap<string, string>): readonly Pair[] {
  return [...texts].flatMap(([file, bug]) => {
    const [, stem = "", ending = ""] = /^(.*?)(\.[cm]?[jt]sx?)$/.exec(file) ?? [];
    if (stem === "" || /\.(?:repaired|fixed)$/.test(stem)) return [];
    const clean = texts.get(`${stem}.repaired${ending}`) ?? texts.get(`${stem}.fixed${ending}`);
    return clean === undefined ? [] : [{ file, bug: withoutRemarks(bug), clean: withoutRemarks(clean) }];
  });
}

/** What a fixture expects of a line would give the answer away. */
function withoutRemarks(text: string): string {
  return text
    .replace(/[ \t]*\/\/ (?:want|missing|spurious) .*$/gm, "")
    .replace(/[ \t]*\{\/\* (?:want|missing|spurious) [^*]*\*\/\}/g, "");
}

/**
 * At most one mutation for each file, every rule's turn coming before another rule comes twice. Tests are left alone, as
 * most rules leave them.
 */
export function mutationPairs(
  texts: ReadonlyMap<string, string>,
  ruleIds: ReadonlySet<string>,
): readonly (Pair & { readonly ruleId: string })[] {
  const uses = new Map<string, number>();
  return [...texts].flatMap(([file, clean]) => {
    const all = isTestFile(file) ? [] : mutationsOf(file, clean, ruleIds);
    const [chosen] = all.toSorted((a, b) => (uses.get(a.ruleId) ?? 0) - (uses.get(b.ruleId) ?? 0));
    if (!chosen) return [];
    uses.set(chosen.ruleId, (uses.get(chosen.ruleId) ?? 0) + 1);
    return [{ file, clean, bug: mutated(clean, chosen), ruleId: chosen.ruleId }];
  });
}

/** Where in the clean text a place of the bug's text is: the same, or the whole of what was repaired there. */
export function inClean({ bug, clean }: Pair, { start, end }: Span): Span {
  const most = Math.min(bug.length, clean.length);
  let head = 0;
  while (head < most && bug[head] === clean[head]) head++;
  let tail = 0;
  while (tail < most - head && bug.at(-1 - tail) === clean.at(-1 - tail)) tail++;
  const shift = clean.length - bug.length;
  const from = start <= head ? start : start >= bug.length - tail ? start + shift : head;
  const to = end <= head ? end : end >= bug.length - tail ? end + shift : clean.length - tail;
  return { start: Math.min(from, to), end: Math.max(from, to) };
}

/** The finding as if the repaired code still had it: whoever repairs it now breaks what is right. */
export function falseFinding(finding: Finding, pair: Pair): Finding {
  const fingerprint = finding.fingerprint.replace(/^./, digit => ((parseInt(digit, 16) + 8) % 16).toString(16));
  return { ...finding, span: inClean(pair, finding.span), evidence: [], fixes: [], fingerprint };
}

/** At most so many findings: of each rule in turn, so that no rule speaks for all. */
export function spread(findings: readonly Finding[], most: number | undefined): readonly Finding[] {
  if (most === undefined || findings.length <= most) return findings;
  const rules = [...new Set(findings.map(({ ruleId }) => ruleId))];
  const byRule = rules.map(ruleId => findings.filter(finding => finding.ruleId === ruleId));
  const chosen = new Set<Finding>();
  for (let round = 0; chosen.size < most; round++) {
    for (const own of byRule) {
      const next = own[round];
      if (next && chosen.size < most) chosen.add(next);
    }
  }
  return findings.filter(finding => chosen.has(finding));
}
