/** What our own rules find on the pinned packages, and how that changed since another version. */
import type { Project } from "./fetch.ts";
import { measure } from "./measure.ts";
import { formatNumber, formatTable, type Column } from "./table.ts";

/** A finding with just enough to recognise it: the pinned text does not move. */
export interface FoundAt {
  readonly ruleId: string;
  readonly severity: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface PackageFindings {
  readonly name: string;
  readonly version: string;
  readonly files: number;
  readonly lines: number;
  /** What could not be analysed, as `file: reason`; a run that failed altogether is `.: reason`. */
  readonly incomplete: readonly string[];
  readonly findings: readonly FoundAt[];
}

export interface FindingsDiff {
  /** As `package: rule file:line:column message`. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The parts of the JSON report that are read here. */
interface JsonReport {
  readonly findings: readonly {
    readonly ruleId: string;
    readonly severity: string;
    readonly file: string;
    readonly message: string;
    readonly range: { readonly start: { readonly line: number; readonly column: number } };
  }[];
  readonly summary: { readonly incomplete: readonly { readonly file: string; readonly reason: string }[] };
}

/** Reviews one project with all severities. */
export async function findIn({ name, version, folder, files, lines }: Project, cli: string): Promise<PackageFindings> {
  const flags = ["--format", "json", "--severity", "info", "--fail-on", "never"];
  const usage = await measure({ argv: [process.execPath, cli, ".", ...flags], cwd: folder, env: {} });
  const known = { name, version, files, lines };
  if (usage.exitCode !== 0 && usage.exitCode !== 3) {
    const reason = usage.stderr.trim().split("\n")[0] ?? "";
    return { ...known, incomplete: [`.: exit status ${usage.exitCode ?? "none"}: ${reason}`], findings: [] };
  }
  const { findings, summary } = JSON.parse(usage.stdout) as JsonReport;
  return {
    ...known,
    incomplete: summary.incomplete.map(({ file, reason }) => `${file}: ${reason}`),
    findings: findings.map(({ ruleId, severity, file, message, range: { start } }) => {
      return { ruleId, severity, file, line: start.line, column: start.column, message };
    }),
  };
}

/** Findings per rule and package, with their number in all and per 1000 lines. */
export function formatFindings(packages: readonly PackageFindings[]): string {
  const all = packages.flatMap(({ findings }) => findings);
  const lines = packages.reduce((sum, { lines }) => sum + lines, 0);
  const count = (findings: readonly FoundAt[], rule?: string): number =>
    rule === undefined ? findings.length : findings.filter(({ ruleId }) => ruleId === rule).length;
  const row = (title: string, rule?: string): readonly string[] => [
    title,
    formatNumber(count(all, rule), 0),
    formatNumber(lines === 0 ? undefined : (count(all, rule) / lines) * 1000, 3),
    ...packages.map(({ findings }) => formatNumber(count(findings, rule), 0)),
  ];
  const rules = [...new Set(all.map(({ ruleId }) => ruleId))].sort();
  const size = ["lines", formatNumber(lines, 0), "", ...packages.map(({ lines }) => formatNumber(lines, 0))];
  const table = formatTable(columnsOf(packages), [...rules.map(rule => row(rule, rule)), row("all rules"), size]);
  const notes = packages.flatMap(({ name, incomplete }) => incomplete.map(note => `incomplete: ${name}: ${note}`));
  return [table, ...notes].join("\n");
}

/** What is in only one of two lists. Packages that one of them lacks, or has in another version, are left out. */
export function diffFindings(before: readonly PackageFindings[], after: readonly PackageFindings[]): FindingsDiff {
  const added: string[] = [];
  const removed: string[] = [];
  for (const now of after) {
    const old = before.find(({ name, version }) => name === now.name && version === now.version);
    if (!old) continue;
    added.push(...missingFrom(old.findings, now.findings).map(finding => `${now.name}: ${sentenceOf(finding)}`));
    removed.push(...missingFrom(now.findings, old.findings).map(finding => `${now.name}: ${sentenceOf(finding)}`));
  }
  return { added, removed };
}

/** The difference as lines that begin with + or -, and a last line with both numbers. */
export function formatDiff({ added, removed }: FindingsDiff): string {
  const lines = [...removed.map(line => `- ${line}`), ...added.map(line => `+ ${line}`)];
  return [...lines, `${added.length} added, ${removed.length} removed`].join("\n");
}

function columnsOf(packages: readonly PackageFindings[]): readonly Column[] {
  const titles = ["findings", "per 1000 lines", ...packages.map(({ name }) => name)];
  return [{ title: "rule", align: "left" }, ...titles.map(title => ({ title, align: "right" }) as const)];
}

/** A changed message alone is no other finding. */
function missingFrom(list: readonly FoundAt[], candidates: readonly FoundAt[]): readonly FoundAt[] {
  const known = new Set(list.map(placeOf));
  return candidates.filter(finding => !known.has(placeOf(finding)));
}

function placeOf({ ruleId, file, line, column }: FoundAt): string {
  return `${ruleId} ${file}:${line}:${column}`;
}

function sentenceOf(finding: FoundAt): string {
  return `${placeOf(finding)} ${finding.message}`;
}
