/** Findings for tests of what becomes of them. */
import { createHash } from "node:crypto";
import type { ReportedFinding } from "@review/pr-bot";

let made = 0;

/** A finding; its fingerprint follows from `name`. */
export function finding(
  file: string,
  line: number,
  more: Partial<ReportedFinding> & { readonly name?: string; readonly endLine?: number } = {},
): ReportedFinding {
  const { name = `finding ${made++}`, endLine = line, ...rest } = more;
  const range = { start: { line, column: 1 }, end: { line: endLine, column: 5 } };
  return {
    fingerprint: createHash("sha256").update(name).digest("hex"),
    ruleId: "floating-promise",
    severity: "warning",
    category: "promises",
    message: "Nothing waits for the promise of `save()`.",
    file,
    range,
    evidence: [],
    fixes: [],
    suggestion: { status: "advice", reason: null, origin: "page", text: "Await it.", model: null },
    ...rest,
  };
}

/** A finding with a verified fix that replaces whole lines. */
export function fixable(
  file: string,
  line: number,
  text: string,
  more: Parameters<typeof finding>[2] = {},
): ReportedFinding {
  const range = { start: { line, column: 1 }, end: { line, column: 1 } };
  return finding(file, line, {
    fixes: [
      {
        title: "Add `await`",
        safety: "suggested",
        origin: "rule",
        edits: [{ file, range, text }],
        verified: { types: true, rules: true, tests: null },
      },
    ],
    ...more,
  });
}
