/** Holds what we found in a case against what the suite expects, and says of what kind a difference is. */
import { readFileSync } from "node:fs";
import { hashOf, type Case } from "./cases.ts";
import { oursFor } from "./counterparts.ts";
import { hitsIn, type Hit, type Hits } from "./run.ts";

/** `agreed`: both report, or neither. A difference without a reason is a gap of ours. */
export type Class = "agreed" | "policy" | "their bug" | "our gap";

export interface Verdict {
  readonly case: Case;
  readonly hash: string;
  readonly hits: readonly Hit[];
  readonly class: Class;
  readonly reason?: string;
}

/** Why we differ on some cases of a rule of theirs. All conditions that are given must hold. */
export interface Reason {
  readonly rule: string;
  readonly kind: Case["kind"];
  readonly class: "policy" | "their bug";
  readonly reason: string;
  /** Hashes of the cases' texts. */
  readonly cases?: readonly string[];
  /** Regular expressions for the options, for a message's name, for the code. */
  readonly options?: string;
  readonly message?: string;
  readonly code?: string;
}

/** The reasons that are written down in `parity-policy.json`. */
export function readReasons(): readonly Reason[] {
  const file = new URL("../../parity-policy.json", import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as readonly Reason[];
}

/** Judges each case by the findings in it. */
export function classify(cases: readonly Case[], hits: Hits, reasons: readonly Reason[]): readonly Verdict[] {
  return cases.map(one => {
    const found = hitsIn(one, hits, oursFor(one.rule));
    const hash = hashOf(one.code);
    if ((one.kind === "invalid") === found.length > 0) return { case: one, hash, hits: found, class: "agreed" };
    const reason = reasons.find(candidate => applies(candidate, one, hash));
    return reason
      ? { case: one, hash, hits: found, class: reason.class, reason: reason.reason }
      : { case: one, hash, hits: found, class: "our gap" };
  });
}

/** Reasons that explain no difference any more. */
export function unusedReasons(
  cases: readonly Case[],
  verdicts: readonly Verdict[],
  reasons: readonly Reason[],
): readonly Reason[] {
  const read = new Set(cases.map(({ rule }) => rule));
  const used = new Set(verdicts.flatMap(({ reason }) => reason ?? []));
  return reasons.filter(({ rule, reason }) => read.has(rule) && !used.has(reason));
}

function applies({ rule, kind, cases, options, message, code }: Reason, one: Case, hash: string): boolean {
  return (
    rule === one.rule &&
    kind === one.kind &&
    (cases === undefined || cases.includes(hash)) &&
    matches(options, [one.options]) &&
    matches(message, one.messages) &&
    matches(code, [one.code])
  );
}

function matches(pattern: string | undefined, texts: readonly string[]): boolean {
  if (pattern === undefined) return true;
  const regex = new RegExp(pattern);
  return texts.some(text => regex.test(text));
}
