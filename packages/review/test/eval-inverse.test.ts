/** Each rule's inverse edit makes a bug that the rule reports, of code in which it reports nothing. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { catalogue, review } from "@review/review";
import { mutationPairs, rulesWithInverse, rulesWithoutInverse } from "@review/review/eval";
import { folderWith, writeFiles } from "@review/testkit/folders";
import { expect, it } from "vitest";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));
const SAMPLES = join(REPOSITORY, "fixtures/inverse");

/** Code without a bug; the first part of a file's path names the rule whose bug is put into it. */
const clean = new Map(
  readdirSync(SAMPLES, { recursive: true, encoding: "utf8" })
    .map(file => file.split(sep).join("/"))
    .filter(file => /\.[jt]sx?$/.test(file))
    .map(file => [file, readFileSync(join(SAMPLES, file), "utf8")]),
);

const ruleOf = (file: string): string => file.replace(/[/.].*$/, "");

it("knows an inverse edit for every rule, or why there is none", () => {
  const known = [...rulesWithInverse(), ...rulesWithoutInverse.keys()];
  expect(known.sort()).toEqual(
    catalogue()
      .map(({ id }) => id)
      .sort(),
  );
  expect(rulesWithoutInverse.size).toBeLessThan(5);
  expect(rulesWithInverse()).toEqual([...new Set([...clean.keys()].map(ruleOf))].sort());
});

it(
  "puts bugs into clean code that the rules report, and nothing was reported before",
  { timeout: 120_000 },
  async () => {
    const pairs = [...clean].flatMap(([file, text]) => mutationPairs(new Map([[file, text]]), new Set([ruleOf(file)])));
    const broken = new Map(pairs.map(({ file, bug }) => [file, bug]));
    expect(pairs.map(({ ruleId }) => ruleId).sort()).toEqual(rulesWithInverse());
    const found = await findingsIn({ clean, bug: new Map([...clean, ...broken]) });
    expect(found.filter(finding => finding.startsWith("clean/"))).toEqual([]);
    const missed = pairs.filter(({ file, ruleId }) => !found.includes(`bug/${file} ${ruleId}`));
    expect(missed.map(({ ruleId, bug }) => `${ruleId}:\n${bug}`)).toEqual([]);
  },
);

/** What is reported where, by project: each lives in a folder of its own, and all of them are reviewed at once. */
async function findingsIn(projects: Readonly<Record<string, ReadonlyMap<string, string>>>): Promise<readonly string[]> {
  const cwd = folderWith();
  symlinkSync(join(REPOSITORY, "node_modules"), join(cwd, "node_modules"), "junction");
  const { compilerOptions } = JSON.parse(readFileSync(join(REPOSITORY, "fixtures/rules/tsconfig.json"), "utf8"));
  for (const [name, files] of Object.entries(projects)) {
    mkdirSync(join(cwd, name));
    writeFiles(join(cwd, name), {
      "tsconfig.json": JSON.stringify({ compilerOptions, include: ["."] }),
      ...Object.fromEntries(files),
    });
  }
  const target = { kind: "paths" as const, paths: Object.keys(projects), cwd };
  const request = { target, rules: { preset: "all" as const }, severity: "info" as const };
  const { findings } = await review(request, { signal: new AbortController().signal });
  return findings.map(({ file, ruleId }) => `${file} ${ruleId}`);
}
