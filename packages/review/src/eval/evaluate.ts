/**
 * Scores models on findings: each is asked about the same ones, its fixes go up the same ladder, and what comes of it is
 * counted. What a model said is kept, so that a score can be computed again without asking anybody.
 */
import { applyFixes, type Finding } from "@review/findings";
import type { Suggester, SuggestionRequest, SuggestionResult, Usage } from "@review/suggestions";
import { review } from "../review.ts";
import type { Ports, ReviewRequest } from "../request.ts";
import { distanceRatio, isFix, reached, type Climb, type Rung } from "./ladder.ts";
import type { Pair } from "./pairs.ts";
import { pairedTest, quantile, wilson } from "./statistics.ts";

/** What came of one question. */
export interface EvalCase extends Climb {
  readonly fingerprint: string;
  readonly ruleId: string;
  readonly file: string;
  /** `clean`: nothing is wrong there, and the model was told that something is. */
  readonly kind: "bug" | "clean";
  /** How far of the right code a verified fix ended, as a share of how far the bug was; null where that is not known. */
  readonly distance: number | null;
  /** Whether a test reproduced it; null where none was asked for. */
  readonly reproduced: boolean | null;
  readonly unknownNames: number;
  readonly ms: number;
}

/** One model, asked once about everything. */
export interface EvalRun {
  readonly model: string;
  readonly repeat: number;
  readonly cases: readonly EvalCase[];
  /** What asking about the bugs took. */
  readonly usage: Usage;
  /** What all of it took. */
  readonly spent: Usage;
}

export interface ModelScore {
  readonly model: string;
  readonly findings: number;
  /** Share of findings whose fix stood every check at the first asking, with its 95 % interval. */
  readonly verifiedAt1: number;
  readonly interval: readonly [low: number, high: number];
  /** The same whenever it was asked. */
  readonly verifiedAtK: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** How often each check turned a last fix down. */
  readonly rejections: Readonly<Record<string, number>>;
  /** The proposed fixes, at any asking, and how many of them stand on each rung of the ladder. */
  readonly proposed: number;
  readonly ladder: Readonly<Record<Rung, number | null>>;
  readonly answersWithUnknownNames: number;
  /** Of the verified fixes with a known end, how many reach it to the letter; null without any. */
  readonly restored: number | null;
  /** How far of the right code verified fixes end in the mean: 0 is the right code, 1 as far as the bug; null where not known. */
  readonly distance: number | null;
  /** Of the findings with a verified fix that a test was asked for, how many were reproduced; null without any. */
  readonly reproduced: number | null;
  /** Fixes that stood every check for code in which nothing was wrong; null where none was asked about. */
  readonly falseFixes: FalseFixes | null;
  readonly tokensPerVerified: number | null;
  readonly usdPerVerified: number | null;
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
  readonly spent: Pick<Usage, "requests" | "inputTokens" | "outputTokens" | "costUsd">;
  readonly byRule: readonly { readonly ruleId: string; readonly findings: number; readonly verified: number }[];
}

export interface FalseFixes {
  readonly asked: number;
  readonly share: number;
  readonly interval: readonly [low: number, high: number];
}

export interface Comparison {
  readonly models: readonly [string, string];
  /** Findings that only one of the two repaired at the first asking. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** How likely such a difference is by chance. */
  readonly p: number;
}

export interface Evaluation {
  readonly scores: readonly ModelScore[];
  readonly comparisons: readonly Comparison[];
  readonly runs: readonly EvalRun[];
}

/** What is asked of a model, and what is known of the answer. */
export interface Asking extends Pick<EvalRun, "model" | "repeat"> {
  /** `bug` unless given. */
  readonly kind?: EvalCase["kind"];
  /** By file. */
  readonly pairs?: ReadonlyMap<string, Pair>;
}

/** Asks one model about everything that a request finds. */
export async function evaluateOnce(
  request: ReviewRequest,
  ports: Omit<Ports, "suggester">,
  suggester: Suggester,
  { model, repeat, kind = "bug", pairs }: Asking,
): Promise<EvalRun> {
  const results = new Map<string, Answered>();
  const listening: Suggester = {
    ...suggester,
    suggest: async (requests: readonly SuggestionRequest[], hooks) => {
      const times = new Map<number, number>();
      const answered = await suggester.suggest(requests, { ...hooks, onTimed: (index, ms) => times.set(index, ms) });
      answered.forEach((result, index) => {
        const { finding } = requests[index] as SuggestionRequest;
        results.set(finding.fingerprint, { result, finding, ms: times.get(index) ?? 0 });
      });
      return answered;
    },
  };
  await review(request, { ...ports, suggester: listening });
  const cases = [...results.values()].map(answered => {
    const pair = kind === "bug" ? pairs?.get(answered.finding.file) : undefined;
    return caseOf(answered, kind, pair);
  });
  const usage = suggester.usage();
  return { model, repeat, cases, usage, spent: usage };
}

interface Answered extends Pick<EvalCase, "ms"> {
  readonly finding: Finding;
  readonly result: SuggestionResult;
}

function caseOf({ finding, result, ms }: Answered, kind: EvalCase["kind"], pair: Pair | undefined): EvalCase {
  const { fingerprint, ruleId, file } = finding;
  const { rejectedBy = null, unknownNames = [] } = result;
  const hasProof = result.suggestion.proof !== undefined;
  return {
    fingerprint,
    ruleId,
    file,
    kind,
    ...nearness(result, pair),
    tests: result.fix?.verified.tests ?? null,
    reproduced: hasProof || result.unproven !== undefined ? hasProof : null,
    outcome: outcomeOf(result),
    rejectedBy: rejectedBy ?? null,
    unknownNames: unknownNames.length,
    ms,
  };
}

/** How near the code that a fix makes of the bug is to the right one. */
function nearness({ fix }: SuggestionResult, pair: Pair | undefined): Pick<EvalCase, "restored" | "distance"> {
  if (!fix || !pair) return { restored: null, distance: null };
  const { file, bug, clean } = pair;
  const end = applyFixes(new Map([[file, bug]]), [fix]).changed.get(file) ?? bug;
  const bare = (text: string): string => text.replace(/\s+/g, "");
  return { restored: bare(end) === bare(clean), distance: distanceRatio(end, clean, bug) ?? null };
}

/** `verified`, `rejected` by a check, `advice`, `abstained`, or the status of a failure. */
function outcomeOf({ suggestion: { status, origin } }: SuggestionResult): string {
  if (status === "unverified") return "rejected";
  return status === "advice" && origin === "page" ? "abstained" : status;
}

/** The scores of all models, and of every two of them which is better. */
export function summarise(runs: readonly EvalRun[]): Evaluation {
  const models = [...new Set(runs.map(({ model }) => model))];
  const own = (model: string): readonly EvalRun[] => runs.filter(run => run.model === model);
  const pairs = models.flatMap((first, index) => models.slice(index + 1).map(second => [first, second] as const));
  return {
    scores: models.map(model => scoreOf(model, own(model))),
    comparisons: pairs.map(models => comparisonOf(models, own(models[0]), own(models[1]))),
    runs,
  };
}

function scoreOf(model: string, asked: readonly EvalRun[]): ModelScore {
  const runs = asked.map((run): EvalRun => ({ ...run, cases: run.cases.filter(({ kind }) => kind === "bug") }));
  const first = runs[0] as EvalRun;
  const all = runs.flatMap(({ cases }) => cases);
  const verified = verifiedIn(first);
  const ever = new Set(runs.flatMap(run => [...verifiedIn(run)]));
  const times = all.map(({ ms }) => ms);
  const good = all.filter(({ outcome }) => outcome === "verified").length;
  const tokens = runs.reduce((sum, { usage }) => sum + usage.inputTokens + usage.outputTokens, 0);
  const costs = runs.map(({ usage }) => usage.costUsd);
  const usd = costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
  return {
    model,
    findings: first.cases.length,
    verifiedAt1: share(verified.size, first.cases.length),
    interval: wilson(verified.size, first.cases.length),
    verifiedAtK: share(ever.size, first.cases.length),
    outcomes: counted(all.map(({ outcome }) => outcome)),
    proposed: all.filter(isFix).length,
    ladder: reached(all),
    rejections: counted(all.flatMap(({ rejectedBy }) => rejectedBy ?? [])),
    answersWithUnknownNames: all.filter(({ unknownNames }) => unknownNames > 0).length,
    restored: shareOf(all.map(({ restored }) => restored)),
    distance: meanOf(all.map(({ distance }) => distance)),
    reproduced: shareOf(all.map(({ reproduced }) => reproduced)),
    falseFixes: falseFixesIn(asked.flatMap(({ cases }) => cases.filter(({ kind }) => kind === "clean"))),
    tokensPerVerified: good === 0 ? null : tokens / good,
    usdPerVerified: good === 0 || usd === null ? null : usd / good,
    medianMs: quantile(times, 0.5) ?? null,
    p95Ms: quantile(times, 0.95) ?? null,
    spent: sumOf(asked.map(({ spent }) => spent)),
    byRule: byRule(first),
  };
}

function falseFixesIn(cases: readonly EvalCase[]): FalseFixes | null {
  if (cases.length === 0) return null;
  const fixed = cases.filter(({ outcome }) => outcome === "verified").length;
  return { asked: cases.length, share: share(fixed, cases.length), interval: wilson(fixed, cases.length) };
}

/** Of those that are known. */
function shareOf(values: readonly (boolean | null)[]): number | null {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : share(known.filter(Boolean).length, known.length);
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function sumOf(all: readonly Usage[]): ModelScore["spent"] {
  const sum = (of: (usage: Usage) => number): number => all.reduce((total, usage) => total + of(usage), 0);
  const isPriced = all.every(({ costUsd }) => costUsd !== null);
  return {
    requests: sum(({ requests }) => requests),
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    costUsd: isPriced ? sum(({ costUsd }) => costUsd ?? 0) : null,
  };
}

function byRule({ cases }: EvalRun): ModelScore["byRule"] {
  return [...new Set(cases.map(({ ruleId }) => ruleId))].sort().map(ruleId => {
    const own = cases.filter(one => one.ruleId === ruleId);
    return { ruleId, findings: own.length, verified: own.filter(({ outcome }) => outcome === "verified").length };
  });
}

function comparisonOf(
  models: readonly [string, string],
  first: readonly EvalRun[],
  second: readonly EvalRun[],
): Comparison {
  const ours = verifiedIn(first[0] as EvalRun);
  const theirs = verifiedIn(second[0] as EvalRun);
  const onlyFirst = [...ours].filter(one => !theirs.has(one)).length;
  const onlySecond = [...theirs].filter(one => !ours.has(one)).length;
  return { models, onlyFirst, onlySecond, p: pairedTest(onlyFirst, onlySecond) };
}

function verifiedIn({ cases }: EvalRun): ReadonlySet<string> {
  return new Set(
    cases.filter(({ outcome, kind }) => outcome === "verified" && kind === "bug").map(({ fingerprint }) => fingerprint),
  );
}

function counted(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words.toSorted()) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
