import { identify, type DraftFinding } from "@review/findings";
import { reporters, type Report } from "@review/reporters";
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import AjvDraft04 from "ajv-draft-04";
import { expect, it } from "vitest";
import { cleanReport, plain, report } from "./sample.ts";

const ajv = new Ajv.default({ allErrors: true });

const position = {
  type: "object",
  required: ["line", "column"],
  additionalProperties: false,
  properties: { line: { type: "integer", minimum: 1 }, column: { type: "integer", minimum: 1 } },
};
const range = {
  type: "object",
  required: ["start", "end"],
  additionalProperties: false,
  properties: { start: position, end: position },
};
const location = {
  type: "object",
  required: ["path", "range"],
  additionalProperties: false,
  properties: { path: { type: "string" }, range },
};
const text = { type: "string", minLength: 1 };
const list = (items: object): object => ({ type: "array", items });
const object = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object => ({
  type: "object",
  additionalProperties: false,
  required: Object.keys(properties).filter(name => !optional.includes(name)),
  properties,
});

/** The Reviewdog Diagnostic Format as its definition describes it, without what review never writes. */
const rdjson = object({
  source: object({ name: text, url: text }, ["url"]),
  diagnostics: list(
    object({
      message: text,
      location,
      severity: { enum: ["ERROR", "WARNING", "INFO"] },
      code: object({ value: text, url: text }, ["url"]),
      suggestions: list(object({ range, text: { type: "string" } })),
      relatedLocations: list(object({ message: text, location })),
    }),
  ),
});

/** GitLab's report of code quality as its documentation describes it. */
const gitlab = list(
  object({
    description: text,
    check_name: text,
    fingerprint: { type: "string", pattern: "^[0-9a-f]{64}$" },
    severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
    location: object({
      path: { type: "string", pattern: "^[^./]" },
      lines: object({ begin: { type: "integer", minimum: 1 }, end: { type: "integer" } }),
    }),
  }),
);

it.each([
  ["rdjson", rdjson],
  ["gitlab", gitlab],
] as const)("%s keeps to its format", (name, schema) => {
  const validate = ajv.compile(schema);
  for (const one of [report, cleanReport]) {
    validate(JSON.parse(reporters[name](one, plain)));
    expect(validate.errors).toBeNull();
  }
});

/** `RDJSON_SCHEMA`: Reviewdog's own `proto/rdf/jsonschema/DiagnosticResult.json`, which is not ours to ship. */
const official = process.env["RDJSON_SCHEMA"];

it.skipIf(official === undefined)("rdjson holds against the official schema (RDJSON_SCHEMA)", () => {
  const draft04 = new AjvDraft04.default({ allErrors: true, strict: false });
  const validate = draft04.compile(JSON.parse(readFileSync(official ?? "", "utf8")) as object);
  for (const one of [report, cleanReport]) {
    validate(JSON.parse(reporters.rdjson(one, plain)));
    expect(validate.errors).toBeNull();
  }
});

/** `GITLAB_SCHEMA`: GitLab's own `app/validators/json_schemas/codeclimate.json`, which describes one entry of the report. */
const gitlabSchema = process.env["GITLAB_SCHEMA"];

it.skipIf(gitlabSchema === undefined)("gitlab holds against GitLab's schema (GITLAB_SCHEMA)", () => {
  const draft04 = new AjvDraft04.default({ allErrors: true, strict: false });
  const validate = draft04.compile(JSON.parse(readFileSync(gitlabSchema ?? "", "utf8")) as object);
  const entries = [report, cleanReport].flatMap(one => JSON.parse(reporters.gitlab(one, plain)) as readonly unknown[]);
  expect(entries.length).toBeGreaterThan(0);
  for (const entry of entries) {
    validate(entry);
    expect(validate.errors).toBeNull();
  }
});

it("P30: counts columns in bytes of UTF-8 for rdjson", () => {
  const draft: DraftFinding = {
    ruleId: "default-sort",
    severity: "warning",
    category: "collections",
    message: "Numbers are sorted as text.",
    file: "a.ts",
    span: { start: 4, end: 5 },
    evidence: [],
    fixes: [],
    repair: "Give a comparator.",
    anchor: { scope: "", code: "b" },
  };
  const one: Report = {
    ...cleanReport,
    findings: identify([draft], { canonicalPath: file => file }),
    texts: new Map([["a.ts", "'a𐐀b'\n"]]),
  };
  const { diagnostics } = JSON.parse(reporters.rdjson(one, plain)) as {
    readonly diagnostics: readonly { readonly location: unknown }[];
  };
  // A quote, one letter of one byte, one of four: the next begins at the seventh.
  expect(diagnostics[0]?.location).toEqual({
    path: "a.ts",
    range: { start: { line: 1, column: 7 }, end: { line: 1, column: 8 } },
  });
});
