/** All tools on all projects, in turns, so that whatever else the machine does falls on each alike. */
import type { Project } from "./fetch.ts";
import { measure } from "./measure.ts";
import { formatNumber, formatTable, type Column } from "./table.ts";
import type { Outcome, Tool, ToolName } from "./tools.ts";

/** One tool on one project: medians over the rounds. */
export interface Row {
  readonly project: string;
  readonly tool: ToolName;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number | undefined;
  /** Processes that outlived the tool, at most over the rounds. */
  readonly leftBehind: number;
  readonly outcome: Outcome;
}

/** A tool that did not do its work on a project, and its own words on why. */
export interface Failure {
  readonly project: string;
  readonly tool: ToolName;
  readonly reason: string;
}

export interface Comparison {
  readonly rounds: number;
  readonly rows: readonly Row[];
  readonly failures: readonly Failure[];
}

type Run = Omit<Row, "project" | "tool">;

/** Runs every tool once to warm the system's caches, then `rounds` times; a tool that fails is not run again. */
export async function compareTools(
  projects: readonly Project[],
  tools: readonly Tool[],
  rounds: number,
  progress: (line: string) => void,
): Promise<Comparison> {
  const rows: Row[] = [];
  const failures: Failure[] = [];
  for (const project of projects) {
    const runs = new Map(tools.map(tool => [tool, [] as Run[]]));
    for (let round = 0; round <= rounds; round++) {
      for (const [tool, done] of runs) {
        progress(`${project.name}: ${tool.name}, ${round === 0 ? "warm-up" : `round ${round} of ${rounds}`}`);
        const run = await runOnce(tool, project);
        if ("reason" in run) {
          failures.push({ project: project.name, tool: tool.name, reason: run.reason });
          runs.delete(tool);
        } else if (round > 0) done.push(run);
      }
    }
    for (const [tool, done] of runs) rows.push({ project: project.name, tool: tool.name, ...medianRun(done) });
  }
  return { rounds, rows, failures };
}

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return (lower + upper) / 2;
}

/** The table that `pnpm bench` prints, and a line for each tool that failed or left processes behind. */
export function formatComparison({ rows, failures }: Comparison): string {
  const cells = rows.map((row, index) => cellsOf(row, ownRow(rows, row), row.project !== rows[index - 1]?.project));
  const notes = [
    ...failures.map(({ project, tool, reason }) => `${tool} failed on ${project}: ${reason}`),
    ...rows
      .filter(row => row.leftBehind > 0)
      .map(row => `${row.tool} left ${row.leftBehind} processes on ${row.project}`),
  ];
  return [formatTable(COLUMNS, cells), ...notes].join("\n");
}

const COLUMNS: readonly Column[] = [
  { title: "package", align: "left" },
  { title: "tool", align: "left" },
  ...[
    "wall s",
    "× ours",
    "CPU s",
    "× ours",
    "peak MB",
    "files",
    "findings",
    "questions",
    "round trips",
    "channel MB",
  ].map(title => ({ title, align: "right" }) as const),
];

async function runOnce(tool: Tool, project: Project): Promise<Run | { readonly reason: string }> {
  const usage = await measure(tool.command(project));
  try {
    const { wallSeconds, cpuSeconds, peakBytes, leftBehind } = usage;
    return { wallSeconds, cpuSeconds, peakBytes, leftBehind, outcome: tool.outcome(usage) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** What is counted is the same in every round, so the last one stands for all. */
function medianRun(runs: readonly Run[]): Run {
  const last = runs.at(-1);
  if (!last) throw new Error("a comparison needs at least one round");
  const peaks = runs.flatMap(({ peakBytes }) => (peakBytes === undefined ? [] : [peakBytes]));
  return {
    wallSeconds: median(runs.map(run => run.wallSeconds)),
    cpuSeconds: median(runs.map(run => run.cpuSeconds)),
    peakBytes: peaks.length > 0 ? median(peaks) : undefined,
    leftBehind: Math.max(...runs.map(run => run.leftBehind)),
    outcome: last.outcome,
  };
}

function ownRow(rows: readonly Row[], { project }: Row): Row | undefined {
  return rows.find(row => row.project === project && row.tool === "ours");
}

function cellsOf(row: Row, own: Row | undefined, isFirst: boolean): readonly string[] {
  const { wallSeconds, cpuSeconds, peakBytes, outcome } = row;
  const { files, findings, stats } = outcome;
  return [
    isFirst ? row.project : "",
    row.tool,
    formatNumber(wallSeconds, 2),
    formatNumber(own && wallSeconds / own.wallSeconds, 2),
    formatNumber(cpuSeconds, 2),
    formatNumber(own && cpuSeconds / own.cpuSeconds, 2),
    formatNumber(inMegabytes(peakBytes), 0),
    formatNumber(files, 0),
    formatNumber(findings, 0),
    formatNumber(stats?.questions, 0),
    formatNumber(stats?.roundTrips, 0),
    formatNumber(inMegabytes(stats?.bytes), 1),
  ];
}

function inMegabytes(bytes: number | undefined): number | undefined {
  return bytes === undefined ? undefined : bytes / 1e6;
}
