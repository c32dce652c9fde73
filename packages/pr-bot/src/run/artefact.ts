/**
 * What the first of two workflows hands to the second. The first runs in the hands of whoever wrote the pull request, so the second
 * believes nothing that it can find out itself, shows all words as text, and offers no edit for a click.
 */
import { z } from "zod";
import { catalogue } from "@review/review";
import type { AnalysedChange } from "../analyse/analyse-change.ts";
import type { ChangedFiles } from "../change/changed-files.ts";
import { isSafePath } from "../analyse/materialise.ts";
import { TRUNCATED } from "../github/files.ts";
import type { ReportedFinding } from "../plan/reported.ts";

const position = z.object({
  line: z.number().int().min(1).max(10_000_000),
  column: z.number().int().min(1).max(10_000_000),
});
const range = z.object({ start: position, end: position });
const path = z.string().max(1_000).refine(isSafePath);
const text = z.string().max(4_000);
const place = z.object({ file: path, range });
const reason = z.object({ file: z.string().max(1_000), reason: text });

const finding = z.object({
  ...place.shape,
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  ruleId: z.string().max(100),
  message: text,
  evidence: z.array(z.object({ ...place.shape, message: text })).max(50),
  suggestion: z.object({ text: z.string().max(8_000) }),
});

const artefact = z.object({
  version: z.literal(1),
  head: z.string().regex(/^[0-9a-f]{40,64}$/),
  findings: z.array(finding).max(2_000),
  standing: z.number().int().min(0),
  incomplete: z.array(reason).max(1_000),
  skipped: z.array(reason).max(5_000),
});

/** The text of the artefact for a change that was analysed here. */
export function artefactText(head: string, change: AnalysedChange): string {
  const { fresh, standing, incomplete, skipped } = change;
  return `${JSON.stringify({ version: 1, head, findings: fresh, standing, incomplete, skipped }, undefined, 2)}\n`;
}

export type Believed =
  | { readonly kind: "believed"; readonly change: AnalysedChange }
  | { readonly kind: "rejected"; readonly reason: string };

/** What of an artefact is believed about a head, whose changed files are known from GitHub. */
export function believe(content: string, head: string, files: ChangedFiles, isTruncated: boolean): Believed {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return { kind: "rejected", reason: "the report of the first workflow is no JSON" };
  }
  const parsed = artefact.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      kind: "rejected",
      reason: `the report of the first workflow is malformed at ${issue?.path.join(".") ?? "its root"}`,
    };
  }
  if (parsed.data.head !== head)
    return { kind: "rejected", reason: "the report of the first workflow is about another commit" };
  return { kind: "believed", change: changeOf(parsed.data, files, isTruncated) };
}

function changeOf(
  { findings, standing, incomplete, skipped }: z.infer<typeof artefact>,
  files: ChangedFiles,
  isTruncated: boolean,
): AnalysedChange {
  const rules = new Map(catalogue().map(rule => [rule.id, rule]));
  const fresh = findings.flatMap((one): readonly ReportedFinding[] => {
    const rule = rules.get(one.ruleId);
    if (!rule) return [];
    const suggestion = { status: "advice", reason: null, origin: "page", text: rule.repair, model: null } as const;
    return [{ ...one, severity: rule.severity, category: rule.category, fixes: [], suggestion }];
  });
  const unknown = new Set([...incomplete, ...skipped].map(({ file }) => file));
  const analysed = [...files.keys()].filter(file => !unknown.has(file)).length;
  return {
    ...{ files, fresh, standing, incomplete, skipped, analysed, changed: files.size },
    texts: new Map(),
    notes: isTruncated ? [TRUNCATED] : [],
    usage: { requests: 0, inputTokens: 0, outputTokens: 0, costUsd: null },
    isKnown: file => incomplete.length === 0 && !unknown.has(file),
  };
}
