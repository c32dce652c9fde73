/** A rule as SARIF describes it. */
import type { Severity } from "@review/findings";
import type { ReportingDescriptor } from "sarif";
import type { RuleDescriptor } from "../report.ts";

/** The SARIF level of a severity. */
export const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  info: "note",
};

/** Describes a rule; hosts of SARIF show its help beside every result. */
export function descriptorOf(rule: RuleDescriptor): ReportingDescriptor {
  return {
    id: rule.id,
    name: pascalCase(rule.id),
    shortDescription: { text: rule.summary },
    fullDescription: { text: `${rule.summary} ${rule.repair}` },
    help: {
      text: `${rule.repair} More: ${rule.url}`,
      markdown: `${rule.summary}\n\n${rule.repair}\n\n[More about ${rule.id}](${rule.url})`,
    },
    helpUri: rule.url,
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: { tags: [rule.category, rule.preset] },
  };
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
