import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { diffFindings, findIn, formatDiff, formatFindings, type PackageFindings } from "@review/bench";

const folder = mkdtempSync(join(tmpdir(), "review-bench-test-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function found(ruleId: string, line: number, message = "Wrong."): PackageFindings["findings"][number] {
  return { ruleId, severity: "warning", file: "src/a.ts", line, column: 1, message };
}

function packageWith(name: string, ...findings: PackageFindings["findings"]): PackageFindings {
  return { name, version: "1.0.0", files: 2, lines: 2000, incomplete: [], findings };
}

describe("diffFindings", () => {
  it("lists what only one side has", () => {
    const before = [packageWith("zod", found("array-delete", 3), found("mixed-plus", 9))];
    const after = [packageWith("zod", found("mixed-plus", 9), found("mixed-plus", 12))];
    const diff = diffFindings(before, after);
    expect(diff.added).toEqual(["zod: mixed-plus src/a.ts:12:1 Wrong."]);
    expect(diff.removed).toEqual(["zod: array-delete src/a.ts:3:1 Wrong."]);
    expect(formatDiff(diff).split("\n").at(-1)).toBe("1 added, 1 removed");
  });

  it("takes a finding with new words for the same finding", () => {
    const diff = diffFindings(
      [packageWith("zod", found("mixed-plus", 9, "Old words."))],
      [packageWith("zod", found("mixed-plus", 9, "New words."))],
    );
    expect(diff).toEqual({ added: [], removed: [] });
  });

  it("leaves out packages that only one side has", () => {
    const diff = diffFindings(
      [packageWith("rxjs", found("mixed-plus", 1))],
      [packageWith("zod", found("mixed-plus", 1))],
    );
    expect(diff).toEqual({ added: [], removed: [] });
  });
});

describe("formatFindings", () => {
  it("counts per rule and package and relates the sum to the lines", () => {
    const table = formatFindings([
      packageWith("zod", found("mixed-plus", 1), found("array-delete", 2)),
      packageWith("rxjs", found("mixed-plus", 1)),
    ]);
    const cells = table.split("\n").map(line => line.trim().split(/\s{2,}/));
    expect(cells[0]).toEqual(["rule", "findings", "per 1000 lines", "zod", "rxjs"]);
    expect(cells[2]).toEqual(["array-delete", "1", "0.250", "1", "0"]);
    expect(cells[3]).toEqual(["mixed-plus", "2", "0.500", "1", "1"]);
    expect(cells[4]).toEqual(["all rules", "3", "0.750", "2", "1"]);
  });

  it("names what could not be analysed", () => {
    const table = formatFindings([{ ...packageWith("zod"), incomplete: ["src/a.ts: too deep"] }]);
    expect(table.split("\n").at(-1)).toBe("incomplete: zod: src/a.ts: too deep");
  });
});

describe.skipIf(process.platform === "win32")("findIn", () => {
  const project = { name: "sample", version: "1.0.0", folder, files: 1, lines: 10 };

  it("keeps of each finding what recognises it", async () => {
    const range = { start: { line: 4, column: 2 }, end: { line: 4, column: 9 } };
    const finding = { id: "3f9c2a", ruleId: "mixed-plus", severity: "error", file: "a.ts", message: "Wrong.", range };
    const report = { findings: [finding], summary: { incomplete: [{ file: "b.ts", reason: "too deep" }] } };
    const cli = join(folder, "good.mjs");
    writeFileSync(cli, `console.log(${JSON.stringify(JSON.stringify(report))}); process.exitCode = 3;`);
    expect(await findIn(project, cli)).toEqual({
      name: "sample",
      version: "1.0.0",
      files: 1,
      lines: 10,
      incomplete: ["b.ts: too deep"],
      findings: [{ ruleId: "mixed-plus", severity: "error", file: "a.ts", line: 4, column: 2, message: "Wrong." }],
    });
  });

  it("reports a run that failed as incomplete", async () => {
    const cli = join(folder, "bad.mjs");
    writeFileSync(cli, `console.error("broken"); process.exit(2);`);
    expect((await findIn(project, cli)).incomplete).toEqual([".: exit status 2: broken"]);
  });
});
