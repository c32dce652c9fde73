import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Finding } from "@review/findings";
import { reporters, type Report } from "@review/reporters";
import Ajv from "ajv-draft-04";
import type { Log, Result, Run } from "sarif";
import { describe, expect, it } from "vitest";
import { expectGolden } from "./golden.ts";
import { cleanReport, findings, plain, report, variant } from "./sample.ts";

const require = createRequire(import.meta.url);
const schemaFile = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const ajv = new Ajv.default({ strict: false, unicodeRegExp: false, validateFormats: false });
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")) as object);

describe("sarif", () => {
  it("writes the sample whole", () => {
    expectGolden("sample.sarif.txt", reporters.sarif(report, plain));
  });

  it("is valid SARIF 2.1.0, with findings and without", () => {
    for (const input of [report, cleanReport]) {
      validate(JSON.parse(reporters.sarif(input, plain)));
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it("maps every severity to its level", () => {
    const severities = ["error", "warning", "info"] as const;
    const { results } = runOf({ ...report, findings: severities.map(severity => variant({ severity })) });
    expect(results?.map(result => result.level)).toEqual(["error", "warning", "note"]);
  });

  it("refers to rules and files by their place in the run's lists", () => {
    const run = runOf(report);
    for (const result of run.results ?? []) {
      expect(run.tool.driver.rules?.[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
      const { uri, index } = result.locations?.[0]?.physicalLocation?.artifactLocation ?? {};
      expect(run.artifacts?.[index ?? -1]?.location?.uri).toBe(uri);
    }
  });

  it("names a rule that is not in the list by its id alone", () => {
    const [result] = resultsOf(variant({ ruleId: "unused-ignore" }));
    expect(result).toMatchObject({ ruleId: "unused-ignore" });
    expect(result).not.toHaveProperty("ruleIndex");
  });

  it("shows two facts or more as a path, one as a related place only", () => {
    const [one, two] = resultsOf(variant({}), findings[1] ?? variant({}));
    expect(one?.relatedLocations).toHaveLength(1);
    expect(one).not.toHaveProperty("codeFlows");
    expect(two?.codeFlows?.[0]?.threadFlows[0]?.locations).toHaveLength(2);
  });

  it("escapes file names, and writes a file outside the root absolutely", () => {
    const texts = new Map([...report.texts, ["../up/a b.ts", "x"]]);
    const outside = variant({ file: "../up/a b.ts", span: { start: 0, end: 1 }, evidence: [], fixes: [] });
    const run = runOf({ ...report, findings: [...findings, outside], texts });
    const uris = run.artifacts?.map(artifact => artifact.location?.uri);
    expect(uris).toContain("src/tables/c%C3%B3digos%20%C3%BC.ts");
    expect(run.artifacts?.find(artifact => artifact.location?.uri?.endsWith("/up/a%20b.ts"))?.location).toEqual({
      uri: expect.stringMatching(/^file:\/\/\/.*up\/a%20b\.ts$/) as string,
    });
  });

  it("offers a model's fix only once it is verified", () => {
    const [verified] = findings[1]?.fixes ?? [];
    const fixes = verified ? [{ ...verified, verified: { types: true, rules: false, tests: null } }] : [];
    const [before, after] = resultsOf(findings[1] ?? variant({}), variant({ ...findings[1], fixes }));
    expect(before?.fixes).toHaveLength(1);
    expect(after).not.toHaveProperty("fixes");
  });

  it("keeps code in a message from being read as a link", () => {
    const [result] = resultsOf(variant({ message: "`steps[0](1)` and `list[1]` differ." }));
    expect(result?.message.text).toBe("`steps\\[0](1)` and `list[1]` differ.");
  });

  it("says that the run was not complete, and which file is to blame", () => {
    const [invocation] = runOf(report).invocations ?? [];
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications?.[0]?.message.text).toContain("src/huge table.ts");
    expect(runOf(cleanReport).invocations?.[0]?.executionSuccessful).toBe(true);
  });
});

function runOf(input: Report): Run {
  const [run] = (JSON.parse(reporters.sarif(input, plain)) as Log).runs;
  if (!run) throw new Error("The log has no run");
  return run;
}

function resultsOf(...input: readonly Finding[]): readonly Result[] {
  return runOf({ ...report, findings: input }).results ?? [];
}
