/** A finding as a SARIF result. */
import type { Evidence, Finding, Fix, Location } from "@review/findings";
import type { CodeFlow, Fix as SarifFix, Location as SarifLocation, PhysicalLocation, Region, Result } from "sarif";
import type { Places } from "../places.ts";
import type { Artifacts } from "./artifacts.ts";
import { LEVELS } from "./rule.ts";

/** What results refer to. */
export interface ResultContext {
  readonly places: Places;
  readonly artifacts: Artifacts;
  /** Where each rule stands in the run's list. */
  readonly ruleIndexes: ReadonlyMap<string, number>;
}

/** Writes a finding as a result; a rule that is not in the run's list is named by its id alone. */
export function resultOf(finding: Finding, context: ResultContext): Result {
  const { ruleId, severity, evidence, category, suggestion } = finding;
  const ruleIndex = context.ruleIndexes.get(ruleId);
  const fixes = finding.fixes.filter(isTrusted);
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[severity],
    message: { text: messageText(finding.message) },
    locations: [{ physicalLocation: physicalOf(finding, context) }],
    ...(evidence.length === 0
      ? {}
      : { relatedLocations: evidence.map((fact, id) => ({ id, ...stepOf(fact, context) })) }),
    ...(evidence.length < 2 ? {} : { codeFlows: [flowOf(evidence, context)] }),
    ...(fixes.length === 0 ? {} : { fixes: fixes.map(fix => fixOf(fix, context)) }),
    partialFingerprints: { "reviewFingerprint/v1": finding.fingerprint },
    properties: { category, suggestion, ...(suggestion.proof ? { reproduced: true } : {}) },
  };
}

// A viewer may apply a fix at a click, so a model's must have passed the checks.
function isTrusted({ origin, verified, edits }: Fix): boolean {
  return edits.length > 0 && (origin === "rule" || (verified.types === true && verified.rules === true));
}

/** Keeps code such as `items[0](x)` from being read as a link. */
function messageText(text: string): string {
  return text.replace(/\[(?=[^[\]]*\]\()/g, "\\[");
}

function stepOf(fact: Evidence, context: ResultContext): SarifLocation {
  return { physicalLocation: physicalOf(fact, context), message: { text: messageText(fact.message) } };
}

function flowOf(evidence: readonly Evidence[], context: ResultContext): CodeFlow {
  return { threadFlows: [{ locations: evidence.map(fact => ({ location: stepOf(fact, context) })) }] };
}

function fixOf({ title, edits }: Fix, context: ResultContext): SarifFix {
  const files = [...new Set(edits.map(edit => edit.file))];
  return {
    description: { text: title },
    artifactChanges: files.map(file => ({
      artifactLocation: context.artifacts.locate(file),
      replacements: edits
        .filter(edit => edit.file === file)
        .map(edit => ({ deletedRegion: regionOf(edit, context), insertedContent: { text: edit.text } })),
    })),
  };
}

function physicalOf(location: Location, context: ResultContext): PhysicalLocation {
  return { artifactLocation: context.artifacts.locate(location.file), region: regionOf(location, context) };
}

function regionOf(location: Location, { places }: ResultContext): Region {
  const { start, end } = places.rangeOf(location);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
