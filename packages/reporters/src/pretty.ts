/** The report for people at a terminal: each finding in its code with the evidence, then the totals. */
import { shortIds } from "@review/findings";
import { openPlaces } from "./places.ts";
import { drawFinding } from "./pretty/finding.ts";
import { paint } from "./pretty/row.ts";
import { drawSummary } from "./pretty/summary.ts";
import type { Reporter } from "./report.ts";

/** Draws every finding with code frames, help and fixes; narrower than 40 columns it is drawn as if 40 were there. */
export const pretty: Reporter = (report, options) =>
  prettyFindings(report, options) + paint(drawSummary(report), options);

/** The same without the totals. */
export const prettyFindings: Reporter = (report, { cwd, width, ...look }) => {
  const places = openPlaces(report.texts);
  const ids = shortIds(report.findings);
  const urls = new Map(report.rules.map(rule => [rule.id, rule.url]));
  const findings = report.findings.map(finding => {
    const { fingerprint, ruleId } = finding;
    const id = ids.get(fingerprint) ?? fingerprint;
    const context = { places, cwd, width: Math.max(width, LEAST_WIDTH), id, url: urls.get(ruleId) };
    return paint([...drawFinding(finding, context), []], look);
  });
  return findings.join("");
};

const LEAST_WIDTH = 40;
