import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { compareTools, formatComparison, median, toolsOf, type Comparison, type Row, type Tool } from "@review/bench";

const folder = mkdtempSync(join(tmpdir(), "review-bench-test-"));
const project = { name: "sample", version: "1.0.0", folder, files: 1, lines: 1 };

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe.skipIf(process.platform === "win32")("compareTools", () => {
  const report = JSON.stringify({ findings: [{}, {}], summary: { analysed: 1 } });
  const stats = 'review-stats: {"questions":7,"roundTrips":3,"bytes":2500000}';

  it("reads findings, files and statistics of our command", async () => {
    const cli = script("ours.mjs", `console.log(${JSON.stringify(report)}); console.error(${JSON.stringify(stats)});`);
    const { rows, failures } = await compareTools([project], toolsOf(["ours"], { cli, peers: "" }), 1, () => {});
    expect(failures).toEqual([]);
    expect(rows).toMatchObject([
      {
        project: "sample",
        tool: "ours",
        outcome: { files: 1, findings: 2, stats: { questions: 7, roundTrips: 3, bytes: 2_500_000 } },
      },
    ]);
  });

  it("names a tool that fails, with its first words, and goes on with the others", async () => {
    const good = script("good.mjs", `console.log(${JSON.stringify(report)});`);
    const bad = script("bad.mjs", `console.error("no such option\\nmore"); process.exit(2);`);
    const tools = [bad, good].flatMap(cli => toolsOf(["ours"], { cli, peers: "" }));
    const comparison = await compareTools([project], tools, 1, () => {});
    expect(comparison.failures).toEqual([{ project: "sample", tool: "ours", reason: "exit status 2: no such option" }]);
    expect(comparison.rows).toHaveLength(1);
  });

  it("takes turns: each round runs every tool once, after one warm-up", async () => {
    const cli = script("quiet.mjs", `console.log(${JSON.stringify(report)});`);
    const [ours] = toolsOf(["ours"], { cli, peers: "" });
    const tools: readonly Tool[] = ours ? [ours, { ...ours, name: "tsc" }] : [];
    const turns: string[] = [];
    await compareTools([project], tools, 2, line => turns.push(line));
    expect(turns).toEqual([
      "sample: ours, warm-up",
      "sample: tsc, warm-up",
      "sample: ours, round 1 of 2",
      "sample: tsc, round 1 of 2",
      "sample: ours, round 2 of 2",
      "sample: tsc, round 2 of 2",
    ]);
  });
});

describe("formatComparison", () => {
  const row = (tool: Row["tool"], wallSeconds: number, cpuSeconds: number): Row => {
    const stats = tool === "ours" ? { questions: 1000, roundTrips: 20, bytes: 5_000_000 } : undefined;
    const outcome = { files: 10, findings: 4, stats };
    return { project: "sample", tool, wallSeconds, cpuSeconds, peakBytes: 200e6, leftBehind: 0, outcome };
  };

  it("shows every other tool as a multiple of ours", () => {
    const comparison: Comparison = { rounds: 1, rows: [row("ours", 2, 4), row("tsc", 1, 3)], failures: [] };
    const [, , ours, tsc] = formatComparison(comparison).split("\n");
    expect(ours?.split(/\s{2,}/)).toEqual([
      "sample",
      "ours",
      "2.00",
      "1.00",
      "4.00",
      "1.00",
      "200",
      "10",
      "4",
      "1 000",
      "20",
      "5.0",
    ]);
    expect(tsc?.trim().split(/\s{2,}/)).toEqual([
      "tsc",
      "1.00",
      "0.50",
      "3.00",
      "0.75",
      "200",
      "10",
      "4",
      "–",
      "–",
      "–",
    ]);
  });

  it("adds a line for a failure and one for processes left behind", () => {
    const failures = [{ project: "sample", tool: "eslint", reason: "out of memory" }] as const;
    const rows = [{ ...row("ours", 2, 4), leftBehind: 2 }];
    expect(formatComparison({ rounds: 1, rows, failures }).split("\n").slice(-2)).toEqual([
      "eslint failed on sample: out of memory",
      "ours left 2 processes on sample",
    ]);
  });
});

describe("median", () => {
  it("is the middle of an odd number of values and the mean of the middle two of an even one", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 9])).toBe(3);
  });
});
