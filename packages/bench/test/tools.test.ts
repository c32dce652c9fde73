import { describe, expect, it } from "vitest";
import { PACKAGES, statsOf, toolsOf, tsconfigOf, type Usage } from "@review/bench";

const usage: Usage = {
  wallSeconds: 1,
  cpuSeconds: 1,
  peakBytes: 1,
  exitCode: 1,
  stdout: "",
  stderr: "",
  leftBehind: 0,
};
const [oxlint, eslint, tsc] = toolsOf(["oxlint", "eslint", "tsc"], { cli: "", peers: "peers" });

describe("statsOf", () => {
  it("finds the line of statistics among other notes", () => {
    const stderr =
      'note: 2 files skipped\nreview-stats: {"questions":12,"roundTrips":3,"bytes":4096,"extra":1}\ndone\n';
    expect(statsOf(stderr)).toEqual({ questions: 12, roundTrips: 3, bytes: 4096 });
  });

  it("is undefined where there is no such line", () => {
    expect(statsOf("note: review-stats are off\n")).toBeUndefined();
  });
});

describe("ours-less", () => {
  it("is our own command without some rules", () => {
    const places = { cli: "main.js", peers: "", without: ["null-dereference", "lost-error"] };
    const project = { name: "sample", version: "1.0.0", folder: "/sample", files: 1, lines: 1 };
    const [whole, less] = toolsOf(["ours", "ours-less"], places).map(tool => tool.command(project).argv);
    expect(less).toEqual([...(whole ?? []), "--skip-rule", "null-dereference,lost-error"]);
  });
});

describe("outcome", () => {
  it("counts what oxlint reports", () => {
    const stdout = JSON.stringify({ diagnostics: [{}, {}, {}], number_of_files: 5 });
    expect(oxlint?.outcome({ ...usage, stdout })).toMatchObject({ files: 5, findings: 3 });
  });

  it("counts the messages of ESLint's rules, not those of its parser", () => {
    const stdout = JSON.stringify([{ messages: [{ ruleId: "a" }, { ruleId: null }] }, { messages: [{ ruleId: "b" }] }]);
    expect(eslint?.outcome({ ...usage, stdout })).toMatchObject({ files: 2, findings: 2 });
  });

  it("counts a compiler error once, however many lines it takes", () => {
    const stdout =
      "src/a.ts(1,2): error TS2322: Type A.\n  Type B: error TS1 of old.\nsrc/b.ts(3,4): error TS2304: C.\n";
    expect(tsc?.outcome({ ...usage, exitCode: 2, stdout })).toMatchObject({ findings: 2 });
  });

  it("throws for a tool that crashed", () => {
    expect(() => eslint?.outcome({ ...usage, exitCode: 2, stderr: "Oops\nat x" })).toThrow("exit status 2: Oops");
    expect(() => tsc?.outcome({ ...usage, exitCode: null })).toThrow("a signal ended it");
  });
});

describe("packages", () => {
  it("are pinned exactly, with a hash, and their extra dependencies as well", () => {
    for (const { version, integrity, types } of PACKAGES) {
      expect(integrity).toMatch(/^sha512-[\w+/]{86}==$/);
      for (const exact of [version, ...Object.values(types)]) expect(exact).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  it("have a tsconfig that includes what is analysed and nothing else", () => {
    const includeOf = (name: string): unknown => {
      const spec = PACKAGES.find(candidate => candidate.name === name);
      return spec && (tsconfigOf(spec) as { include: unknown }).include;
    };
    expect(includeOf("rxjs")).toEqual(["src/**/*"]);
    expect(includeOf("viem")).toEqual(["**/*"]);
  });
});
