import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { batchesOf, isComplete, readBugs, runBugs, stage, type BugResult } from "@review/bench";
import { folderWith } from "@review/testkit/folders";

const TSCONFIG = JSON.stringify({ compilerOptions: { strict: true, noEmit: true, types: [] }, files: ["src/a.ts"] });

const TYPES = "export interface Point { readonly name: string }\n";

function comparing(right: string): string {
  const head = 'import type { Point } from "./point.ts";\n\n';
  return `${head}export function same(a: Point, b: Point): boolean {\n  return a.name === ${right}.name;\n}\n`;
}

/** A corpus with one bug, which compares a value with itself, and a list that names it. */
function corpusWithOne(): string {
  return folderWith({
    "list.json": JSON.stringify([
      { id: "points-1", files: [{ path: "src/a.ts" }] },
      { id: "points-2", files: [{ path: "src/a.ts" }], excluded: "cosmetic" },
      { id: "other-3", files: [{ path: "src/a.ts" }] },
    ]),
    "corpus/points-1/ctx/tsconfig.json": TSCONFIG,
    "corpus/points-1/ctx/src/point.ts": TYPES,
    "corpus/points-1/ctx/src/a.ts": comparing("a"),
    "corpus/points-1/before/src/a.ts": comparing("a"),
    "corpus/points-1/after/src/a.ts": comparing("b"),
  });
}

describe("readBugs", () => {
  it("leaves out what is excluded and what is not asked for", () => {
    const list = join(corpusWithOne(), "list.json");
    expect(readBugs(list, /^points/)).toEqual([{ id: "points-1", paths: ["src/a.ts"] }]);
    expect(readBugs(list, /^/).map(({ id }) => id)).toEqual(["points-1", "other-3"]);
  });
});

describe("isComplete", () => {
  it("needs both sides of the fix and the project around them", () => {
    const folder = corpusWithOne();
    const bugs = readBugs(join(folder, "list.json"), /^/);
    expect(bugs.map(bug => isComplete(join(folder, "corpus"), bug))).toEqual([true, false]);
  });
});

describe("stage", () => {
  it("lays out both sides and leaves the corpus as it is", () => {
    const folder = corpusWithOne();
    const files = stage({ id: "points-1", paths: ["src/a.ts"] }, join(folder, "corpus"), join(folder, "trees"));
    expect(files).toEqual(["points-1/before/src/a.ts", "points-1/after/src/a.ts"]);
    expect(files.map(file => readFileSync(join(folder, "trees", file), "utf8"))).toEqual([
      comparing("a"),
      comparing("b"),
    ]);
    expect(existsSync(join(folder, "trees/points-1/after/src/point.ts"))).toBe(true);
    expect(readFileSync(join(folder, "corpus/points-1/ctx/src/a.ts"), "utf8")).toBe(comparing("a"));
  });
});

describe("batchesOf", () => {
  it("keeps the order and loses nothing", () => {
    expect(batchesOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(batchesOf([], 2)).toEqual([]);
  });
});

describe("runBugs", () => {
  it("writes what was found on each side of the fix", async () => {
    const folder = corpusWithOne();
    const out = join(folder, "out");
    const lines: string[] = [];
    await runBugs([{ id: "points-1", paths: ["src/a.ts"] }], {
      corpus: join(folder, "corpus"),
      out,
      request: { rules: { only: ["identical-operands"] }, severity: "info" },
      batch: 4,
      workers: 2,
      onProgress: line => lines.push(line),
    });
    const result = JSON.parse(readFileSync(join(out, "points-1.json"), "utf8")) as BugResult;
    expect(result.after).toEqual([]);
    expect(result.before).toMatchObject([
      { path: "src/a.ts", rule: "identical-operands", line: 4, endLine: 4, severity: "error", preset: "recommended" },
    ]);
    expect(result.err).toBeUndefined();
    expect(lines).toHaveLength(1);
  });
});
