import { stripVTControlCharacters } from "node:util";
import type { Finding, Suggestion } from "@review/findings";
import { reporters, type Report } from "@review/reporters";
import { describe, expect, it } from "vitest";
import { expectGolden } from "./golden.ts";
import { cleanReport, findings, plain, report } from "./sample.ts";

const { pretty } = reporters;

describe("pretty", () => {
  it.each([40, 80, 120])("draws the sample in %i columns", width => {
    expectGolden(`pretty-${width}.txt`, pretty(report, { ...plain, width }));
  });

  it("draws the sample with colours and links", () => {
    expectGolden("pretty-colour.txt", pretty(report, { ...plain, colour: true, hyperlinks: true }));
  });

  it("shows the same text with colours and without", () => {
    expect(stripVTControlCharacters(pretty(report, { ...plain, colour: true }))).toBe(pretty(report, plain));
  });

  it("is one line for a clean run", () => {
    expect(pretty(cleanReport, plain)).toBe("No findings in 120 files (0.8 s).\n");
    expect(pretty(summarised({ files: 1, analysed: 1, durationMs: 61_000 }), plain)).toBe(
      "No findings in 1 file (1 min 1 s).\n",
    );
  });

  it("says how many files it looked at when that is not all", () => {
    const skipped = [{ file: "a.min.js", reason: "minified" }];
    expect(pretty(summarised({ analysed: 119, skipped }), plain)).toBe(
      "No findings in 119 of 120 files (0.8 s).\n1 file skipped: 1 minified.\n",
    );
  });

  it("counts in the right number", () => {
    const [error] = findings;
    const one = {
      ...report,
      findings: findings.slice(0, 1),
      summary: { ...cleanReport.summary, files: 1, analysed: 1 },
    };
    expect(pretty(one, plain)).toContain("\n1 error in 1 of 1 file (0.8 s)\n");
    const infos = [{ ...error, severity: "info" } as Finding, { ...error, severity: "info" } as Finding];
    expect(pretty({ ...one, findings: infos }, plain)).toContain("\n2 infos in 1 of 1 file (0.8 s)\n");
  });

  it("tells a verified suggestion of a model from mere advice and from none", () => {
    expect(helpWith({ origin: "model", status: "verified", model: "m" })).toContain("help from m (verified):");
    expect(helpWith({ origin: "model", status: "advice", model: "m" })).toContain("help from m (advice):");
    expect(helpWith({ status: "auth_failed", reason: "401" })).toContain(
      "note: no suggestion from the model: the server did",
    );
    expect(helpWith({ status: "no_key" })).not.toContain("note:");
  });

  it("keeps the blocks of code in a suggestion as they are", () => {
    expect(helpWith({ text: "Write\n\n```ts\nif (a) {\n  b();\n}\n```\n" })).toContain(
      "if (a) {\n    │            b();\n",
    );
  });

  it("lets neither messages nor suggestions nor names control the terminal", () => {
    const evil = "\u001b]0;owned\u0007\u009b2J\u202e\r\nx";
    const [finding] = findings;
    const all = {
      ...finding,
      message: evil,
      suggestion: suggestion({ text: evil, reason: evil, status: "timeout" }),
    } as Finding;
    const summary = {
      ...report.summary,
      incomplete: [{ file: evil, reason: evil }],
      skipped: [{ file: evil, reason: evil }],
    };
    const shown = pretty({ ...report, findings: [all], summary }, plain);
    expect(shown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it("shows a fix in another file under that file's name", () => {
    const [finding] = findings;
    const edits = [{ file: "src/db/client.ts", span: { start: 0, end: 6 }, text: "declare" }];
    const fixes = finding?.fixes.slice(0, 1).map(fix => ({ ...fix, edits }));
    const shown = pretty({ ...report, findings: [{ ...finding, fixes } as Finding] }, plain);
    expect(shown).toContain("    ├─ src/db/client.ts:1\n  1 - export interface Row {\n  1 + declare interface Row {\n");
  });
});

function summarised(change: Partial<Report["summary"]>): Report {
  return { ...cleanReport, summary: { ...cleanReport.summary, ...change } };
}

function suggestion(change: Partial<Suggestion>): Suggestion {
  return { status: "off", reason: null, origin: "page", text: "Do it.", model: null, ...change };
}

function helpWith(change: Partial<Suggestion>): string {
  const [finding] = findings;
  return pretty({ ...report, findings: [{ ...finding, suggestion: suggestion(change) } as Finding] }, plain);
}
