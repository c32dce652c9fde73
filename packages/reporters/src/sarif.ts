/** The report as SARIF 2.1.0, for code scanning services and their viewers. */
import { pathToFileURL } from "node:url";
import type { Invocation, Log, Run } from "sarif";
import { openPlaces } from "./places.ts";
import type { Report, Reporter, ReporterOptions } from "./report.ts";
import { collectArtifacts, ROOT, type Artifacts } from "./sarif/artifacts.ts";
import { resultOf, type ResultContext } from "./sarif/result.ts";
import { descriptorOf } from "./sarif/rule.ts";

/** Writes the report as one SARIF run. */
export const sarif: Reporter = (report, options) => {
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [runOf(report, options)],
  };
  return JSON.stringify(log, undefined, 2) + "\n";
};

function runOf(report: Report, { cwd }: ReporterOptions): Run {
  const { tool, rules, findings } = report;
  const artifacts = collectArtifacts(report, cwd);
  const context: ResultContext = {
    places: openPlaces(report.texts),
    artifacts,
    ruleIndexes: new Map(rules.map((rule, index) => [rule.id, index])),
  };
  return {
    tool: {
      driver: {
        name: tool.name,
        version: tool.version,
        semanticVersion: tool.version,
        ...(tool.url === undefined ? {} : { informationUri: tool.url }),
        rules: rules.map(descriptorOf),
        properties: { typescript: tool.typescript },
      },
    },
    invocations: [invocationOf(report, artifacts)],
    originalUriBaseIds: { [ROOT]: { uri: folderUri(cwd), description: { text: "Where the review was run." } } },
    artifacts: [...artifacts.list],
    columnKind: "utf16CodeUnits",
    // What counts as the end of a line for us; the default leaves out the last one.
    newlineSequences: ["\r\n", "\n", "\r"],
    results: findings.map(finding => resultOf(finding, context)),
  };
}

function invocationOf({ summary }: Report, artifacts: Artifacts): Invocation {
  return {
    executionSuccessful: summary.incomplete.length === 0,
    toolExecutionNotifications: summary.incomplete.map(({ file, reason }) => ({
      level: "error",
      message: { text: `${file} was not analysed in full: ${reason.replace(/\.$/, "")}.` },
      locations: [{ physicalLocation: { artifactLocation: artifacts.locate(file) } }],
    })),
  };
}

function folderUri(path: string): string {
  return pathToFileURL(path).href.replace(/\/?$/, "/");
}
