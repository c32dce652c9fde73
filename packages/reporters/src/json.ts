/** The report for other programs: its shape is a promise, described by `schema/report.schema.json`. */
import { shortIds, type Finding, type Fix, type Location, type Proof } from "@review/findings";
import { openPlaces, type Places, type Range } from "./places.ts";
import type { Incomplete, Report, Reporter } from "./report.ts";
import { countSeverities } from "./severities.ts";

/** Writes the report as JSON with an indentation of two and a final line break. */
export const json: Reporter = report => JSON.stringify(reportJson(report), undefined, 2) + "\n";

// Every object is spelled out, so that the order of its keys is ours and nothing internal slips in.
function reportJson({ tool, findings, summary, usage, texts }: Report): object {
  const places = openPlaces(texts);
  const ids = shortIds(findings);
  return {
    version: 1,
    tool: { name: tool.name, version: tool.version, typescript: tool.typescript },
    findings: findings.map(finding =>
      findingJson(finding, ids.get(finding.fingerprint) ?? finding.fingerprint, places),
    ),
    summary: {
      files: summary.files,
      analysed: summary.analysed,
      skipped: summary.skipped.map(incompleteJson),
      incomplete: summary.incomplete.map(incompleteJson),
      ...countSeverities(findings),
      durationMs: summary.durationMs,
    },
    usage: {
      requests: usage.requests,
      inputTokens: usage.inputTokens,
      outputTokens: usage.outputTokens,
      costUsd: usage.costUsd,
    },
  };
}

function findingJson(finding: Finding, id: string, places: Places): object {
  const { status, reason, origin, text, model, proof } = finding.suggestion;
  return {
    id,
    fingerprint: finding.fingerprint,
    ruleId: finding.ruleId,
    severity: finding.severity,
    category: finding.category,
    message: finding.message,
    ...locationJson(finding, places),
    evidence: finding.evidence.map(fact => ({ message: fact.message, ...locationJson(fact, places) })),
    fixes: finding.fixes.map(fix => fixJson(fix, places)),
    suggestion: { status, reason, origin, text, model, ...(proof ? { proof: proofJson(proof) } : {}) },
  };
}

function fixJson({ title, safety, origin, edits, verified }: Fix, places: Places): object {
  return {
    title,
    safety,
    origin,
    edits: edits.map(edit => ({ ...locationJson(edit, places), text: edit.text })),
    verified: { types: verified.types, rules: verified.rules, tests: verified.tests },
  };
}

function proofJson({ runner, file, test }: Proof): Proof {
  return { runner, file, test };
}

function locationJson(location: Location, places: Places): { file: string; range: Range } {
  const { start, end } = places.rangeOf(location);
  return {
    file: location.file,
    range: { start: { line: start.line, column: start.column }, end: { line: end.line, column: end.column } },
  };
}

function incompleteJson({ file, reason }: Incomplete): Incomplete {
  return { file, reason };
}
