/** GitLab's report of code quality, an artefact of a job: it shows findings in merge requests. */
import { openPlaces } from "./places.ts";
import type { Reporter } from "./report.ts";

const SEVERITIES = { error: "major", warning: "minor", info: "info" } as const;

/** Writes the report as a list with an indentation of two and a final line break. */
export const gitlab: Reporter = ({ findings, texts }) => {
  const places = openPlaces(texts);
  const issues = findings.map(finding => {
    const { start, end } = places.rangeOf(finding);
    return {
      description: finding.message,
      check_name: finding.ruleId,
      fingerprint: finding.fingerprint,
      severity: SEVERITIES[finding.severity],
      location: { path: finding.file, lines: { begin: start.line, end: end.line } },
    };
  });
  return JSON.stringify(issues, undefined, 2) + "\n";
};
