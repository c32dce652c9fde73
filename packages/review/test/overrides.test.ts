import { review, type Finding, type Report, type RuleSelection, type Severity } from "@review/review";
import { folderWith } from "@review/testkit/folders";
import { expect, it } from "vitest";

const floating = "declare function save(): Promise<void>;\nexport function run(): void {\n  save();\n}\n";

/** The findings of three files under a selection, as "file severity". */
async function severities(rules: RuleSelection, subfolder = ""): Promise<readonly string[]> {
  const folder = folderWith({ "src/a.ts": floating, "src/b.test.ts": floating, "test/c.ts": floating });
  const report: Report = await review(
    {
      target: { kind: "paths", paths: ["."], cwd: `${folder}${subfolder}` },
      rules: { ...rules, base: folder },
      severity: "info",
      verify: false,
    },
    { signal: new AbortController().signal },
  );
  return report.findings.map(({ file, severity }: Finding) => `${file} ${severity}`);
}

const on = (severity: "off" | Severity): Readonly<Record<string, "off" | Severity>> => ({
  "floating-promise": severity,
});

it("gives a rule another severity in some files, and none in others; the last override decides", async () => {
  const overrides = [
    { files: ["*.test.ts", "test/**"], settings: on("off") },
    { files: ["src/*.test.ts"], settings: on("error") },
  ];
  expect(await severities({ overrides })).toEqual(["src/a.ts warning", "src/b.test.ts error"]);
  expect(await severities({ overrides }, "/src")).toEqual(["a.ts warning", "b.test.ts error"]);
});

it("turns a rule on in some files that is off elsewhere", async () => {
  const overrides = [{ files: ["test", "!test/d.ts"], settings: on("info") }];
  expect(await severities({ settings: on("off"), overrides })).toEqual(["test/c.ts info"]);
});

it("runs a rule that is asked for by name also where it is off, and never one that is left out by name", async () => {
  const overrides = [{ files: ["src"], settings: on("off") }];
  const settings = on("error");
  expect(await severities({ only: ["floating-promise"], settings, overrides })).toEqual([
    "src/a.ts warning",
    "src/b.test.ts warning",
    "test/c.ts error",
  ]);
  expect(await severities({ skip: ["floating-promise"], settings, overrides })).toEqual([]);
});
