/** The Reviewdog Diagnostic Format: reviewdog carries it to GitLab, Bitbucket, Gitea and Gerrit. */
import type { Finding, Fix, Location } from "@review/findings";
import { lineAt, openPlaces, type Places } from "./places.ts";
import type { Report, Reporter } from "./report.ts";

const SEVERITIES = { error: "ERROR", warning: "WARNING", info: "INFO" } as const;

/** Writes the report as one object with an indentation of two and a final line break. */
export const rdjson: Reporter = report => JSON.stringify(resultOf(report), undefined, 2) + "\n";

function resultOf({ tool, findings, rules, texts }: Report): object {
  const places = openPlaces(texts);
  const pages = new Map(rules.map(rule => [rule.id, rule.url]));
  const source = { name: tool.name, ...(tool.url === undefined ? {} : { url: tool.url }) };
  return { source, diagnostics: findings.map(finding => diagnosticOf(finding, pages.get(finding.ruleId), places)) };
}

function diagnosticOf(finding: Finding, page: string | undefined, places: Places): object {
  const { ruleId, message, severity, evidence, fixes, suggestion } = finding;
  return {
    message: suggestion.text === "" ? message : `${message}\n${suggestion.text}`,
    location: locationOf(finding, places),
    severity: SEVERITIES[severity],
    code: { value: ruleId, ...(page === undefined ? {} : { url: page }) },
    suggestions: fixes.flatMap(fix => suggestionOf(fix, finding.file, places)),
    relatedLocations: evidence.map(fact => ({ message: fact.message, location: locationOf(fact, places) })),
  };
}

/** A suggestion is one range: a fix in several places would become several alternatives. */
function suggestionOf({ edits, verified }: Fix, file: string, places: Places): readonly object[] {
  const [edit, ...more] = edits;
  const isOne = edit !== undefined && more.length === 0 && edit.file === file;
  if (!isOne || verified.types !== true || verified.rules !== true) return [];
  return [{ range: rangeOf(edit, places), text: edit.text }];
}

function locationOf(location: Location, places: Places): object {
  return { path: location.file, range: rangeOf(location, places) };
}

/** The format counts columns from 1 in bytes of UTF-8. */
function rangeOf(location: Location, places: Places): object {
  const { start, end } = places.rangeOf(location);
  const inBytes = ({ line, column }: typeof start): object => {
    const before = lineAt(places.linesOf(location.file), line - 1).slice(0, column - 1);
    return { line, column: new TextEncoder().encode(before).length + 1 };
  };
  return { start: inBytes(start), end: inBytes(end) };
}
