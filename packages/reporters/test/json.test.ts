import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Category, SuggestionStatus } from "@review/findings";
import { reporters, type Report } from "@review/reporters";
import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import { expectGolden } from "./golden.ts";
import { cleanReport, plain, report, variant } from "./sample.ts";

const schemaFile = fileURLToPath(import.meta.resolve("@review/reporters/schema/report.schema.json"));
const ajv = new Ajv.default({ allErrors: true, allowUnionTypes: true });
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")) as object);

// Records make the compiler ask for a member that was added to the types and not to these tests.
const statuses: Record<SuggestionStatus, true> = {
  verified: true,
  advice: true,
  unverified: true,
  off: true,
  no_key: true,
  budget: true,
  skipped_secret: true,
  refused: true,
  truncated: true,
  bad_output: true,
  too_large: true,
  rate_limited: true,
  quota_exhausted: true,
  auth_failed: true,
  model_not_found: true,
  server_error: true,
  timeout: true,
  network: true,
  offline: true,
  bad_gateway: true,
  cancelled: true,
};
const categories: Record<Category, true> = {
  promises: true,
  nullness: true,
  conditions: true,
  assignments: true,
  calls: true,
  collections: true,
  text: true,
  numbers: true,
  regex: true,
  "control-flow": true,
  errors: true,
  resources: true,
  concurrency: true,
  names: true,
  operators: true,
  classes: true,
  refactoring: true,
};

describe("json", () => {
  it("writes the sample whole", () => {
    expectGolden("sample.json.txt", reporters.json(report, plain));
  });

  it("writes what its schema describes, with findings and without", () => {
    expect(errorsOf(report)).toEqual([]);
    expect(errorsOf(cleanReport)).toEqual([]);
  });

  it("has a schema that knows every status and category", () => {
    const all = [
      ...Object.keys(statuses).map(status =>
        variant({ suggestion: { ...variant({}).suggestion, status: status as SuggestionStatus } }),
      ),
      ...Object.keys(categories).map(category => variant({ category: category as Category })),
    ];
    expect(errorsOf({ ...report, findings: all })).toEqual([]);
  });

  it("has a schema that refuses a line 0, an unknown severity and a missing suggestion", () => {
    const [finding] = (JSON.parse(reporters.json(report, plain)) as { findings: object[] }).findings;
    const broken = [{ severity: "fatal" }, { suggestion: undefined }, { range: { start: { line: 0, column: 1 } } }];
    for (const change of broken) {
      const text = JSON.stringify({
        ...JSON.parse(reporters.json(report, plain)),
        findings: [{ ...finding, ...change }],
      });
      expect(validate(JSON.parse(text))).toBe(false);
    }
  });

  it("counts lines at LF, CRLF and CR, and columns in UTF-16 units", () => {
    const text = "a\r\nb\rc\n😀x";
    const span = { start: text.indexOf("x"), end: text.length };
    const texts = new Map([["a.ts", text]]);
    const only = variant({ file: "a.ts", span, evidence: [], fixes: [] });
    const written = JSON.parse(reporters.json({ ...report, findings: [only], texts }, plain)) as {
      findings: { range: object }[];
    };
    expect(written.findings[0]?.range).toEqual({ start: { line: 4, column: 3 }, end: { line: 4, column: 4 } });
  });

  it("names the file whose text the report does not hold", () => {
    expect(() => reporters.json({ ...report, texts: new Map() }, plain)).toThrow("src/orders/checkout.ts");
  });

  it("writes the same bytes for the same report", () => {
    expect(reporters.json(structuredClone(report), plain)).toBe(reporters.json(report, plain));
  });
});

function errorsOf(input: Report): unknown[] {
  validate(JSON.parse(reporters.json(input, plain)));
  return validate.errors ?? [];
}
