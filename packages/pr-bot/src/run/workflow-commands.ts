/** The last way to be heard: lines that the runner of a workflow turns into annotations, for a token that may only read. */
import type { ReviewFacts } from "../plan/facts.ts";
import type { ReportedFinding } from "../plan/reported.ts";

const LEVELS = { error: "error", warning: "warning", info: "notice" } as const;
/** What a runner shows of each level in a step. */
const MOST = 10;

/** The lines for standard output; those that the runner would not show are plain text. */
export function workflowCommands({ fresh }: Pick<ReviewFacts, "fresh">): readonly string[] {
  const shown = { error: 0, warning: 0, notice: 0 };
  return fresh.map(finding => {
    const level = LEVELS[finding.severity];
    shown[level]++;
    return shown[level] <= MOST ? asCommand(finding, level) : asLine(finding);
  });
}

function asCommand({ file, range, ruleId, message, suggestion }: ReportedFinding, level: string): string {
  const properties = { file, line: range.start.line, endLine: range.start.line, title: `review: ${ruleId}` };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${level} ${list.join(",")}::${data([message, suggestion.text].filter(text => text !== "").join("\n"))}`;
}

/** A line must not begin with "::", which would make it a command. */
function asLine({ file, range, severity, ruleId, message }: ReportedFinding): string {
  const text = `${severity}: ${file}:${range.start.line}: ${ruleId}: ${message}`;
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/::/g, ": :")
    .replace(/##\[/g, "# #[");
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
