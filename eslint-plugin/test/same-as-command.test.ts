/**
 * The plugin and the command are two faces of one analysis, and must say the same: of a bug and a look-alike of every rule, and of a
 * package that people use. All of it stands in one folder, so that one run of each and one session do.
 */
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint, type Linter, RuleTester } from "eslint";
import review from "eslint-plugin-review";
import { suppressionRules } from "@review/findings";
import { FIXTURES, readFixtures, type Fixture } from "@review/testkit";
import { writeFiles } from "@review/testkit/folders";
import tseslint from "typescript-eslint";
import { afterAll, describe, expect, it, test } from "vitest";
import { byCommand, byEslint, outputOf, sorted } from "./findings-of-both.ts";
import { patient } from "./folder.ts";

/** An expression that no engine compiles ends the parser, which says so itself. */
const REFUSED: ReadonlySet<string> = new Set(["regex-invalid/literal.js"]);
const RELATIVE = /\b(?:from|require\(|import\()\s*["']\./;

const all = readFixtures();
const fixtures = Object.keys(review.rules).flatMap(bugAndLookAlike);
const folder = realpathSync.native(mkdtempSync(join(tmpdir(), "review-same-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
layFixtures();
layPackage();

const reported = byCommand(folder, ["."]);

const everything: readonly Linter.Config[] = [
  review.configs.all,
  patient,
  { files: ["**/*.{js,jsx}"], languageOptions: configFor("a.js") },
  { files: ["**/*.cjs"], languageOptions: configFor("a.cjs") },
  { files: ["**/*.{ts,tsx}"], languageOptions: configFor("a.ts") },
];

test("ESLint reports what the command does, at the same places and with the same repairs", async () => {
  const linter = new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig: [...everything] });
  const results = await linter.lintFiles(["."]);
  expect(results.filter(({ fatalErrorCount }) => fatalErrorCount > 0)).toEqual([]);
  expect(new Set(reported.map(({ file }) => file.split("/")[0]))).toEqual(new Set(["ajv", "rules"]));
  expect(sorted(byEslint(folder, results))).toEqual(sorted(reported));
}, 120_000);

// Each rule on its own, by the strict eyes of ESLint's tester: an edit must parse and change something, two must not look alike.
RuleTester.describe = describe;
RuleTester.it = it;
const tester = new RuleTester(patient);
const uncovered: string[] = [];

for (const [id, rule] of Object.entries(review.rules)) {
  const own = fixtures.filter(({ ruleId }) => ruleId === id);
  const [loud, quiet] = [own.filter(({ kind }) => kind === "case"), own.filter(({ kind }) => kind !== "case")];
  if (loud.length === 0) uncovered.push(id);
  else tester.run(id, rule, { valid: quiet.map(validCase), invalid: loud.map(invalidCase) });
}

test("every rule is among them but those about comments, and the one that is about other files", () => {
  expect(uncovered.toSorted()).toEqual([...suppressionRules.map(rule => rule.id), "unresolved-import"].toSorted());
});

function validCase({ file, text }: Fixture): RuleTester.ValidTestCase {
  const languageOptions = configFor(file);
  return { name: file, filename: join(folder, "rules", file), code: text, languageOptions };
}

function invalidCase(fixture: Fixture): RuleTester.InvalidTestCase {
  const { text, ruleId } = fixture;
  const found = reported.filter(one => one.file === `rules/${fixture.file}` && one.ruleId === ruleId);
  return {
    ...validCase(fixture),
    errors: found.map(({ message, line, column, endLine, endColumn, suggestions }) => {
      return { message, line, column, endLine, endColumn, suggestions: [...suggestions] };
    }),
    output: outputOf(text, found),
  };
}

/**
 * The first bug and the first look-alike of a rule, of every other rule in JavaScript where it has such: one file each that needs no
 * other.
 */
function bugAndLookAlike(id: string, index: number): readonly Fixture[] {
  const alone = all.filter(
    ({ ruleId, file, text }) => ruleId === id && file.split("/").length === 2 && !RELATIVE.test(text),
  );
  const isPreferred = ({ file }: Fixture): boolean => isJavaScript(file) === (index % 2 === 1);
  return (["case", "quiet"] as const).flatMap(kind => {
    const some = alone.filter(fixture => fixture.kind === kind && !REFUSED.has(fixture.file));
    return some.find(isPreferred) ?? some[0] ?? [];
  });
}

function isJavaScript(file: string): boolean {
  return /\.[cm]?jsx?$/.test(file);
}

function configFor(file: string): Linter.LanguageOptions {
  if (!isJavaScript(file)) return { parser: tseslint.parser };
  return { sourceType: file.endsWith(".cjs") ? "commonjs" : "module", parserOptions: { ecmaFeatures: { jsx: true } } };
}

function layFixtures(): void {
  writeFiles(folder, {
    "package.json": `{ "type": "module" }`,
    "rules/tsconfig.json": readFileSync(join(FIXTURES, "tsconfig.json")),
    ...Object.fromEntries(fixtures.map(({ file, text }) => [`rules/${file}`, text])),
  });
  symlinkSync(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(folder, "node_modules"), "junction");
}

/** The sources of `ajv`, which the testkit uses and which brings them along. */
function layPackage(): void {
  const require = createRequire(import.meta.resolve("@review/testkit"));
  const installed = dirname(require.resolve("ajv/package.json"));
  cpSync(join(installed, "lib"), join(folder, "ajv"), { recursive: true });
  const compilerOptions = {
    ...{ target: "es2022", module: "esnext", moduleResolution: "bundler", esModuleInterop: true },
    ...{ strict: true, skipLibCheck: true, resolveJsonModule: true, noEmit: true, types: ["node"] },
  };
  writeFiles(folder, { "ajv/tsconfig.json": JSON.stringify({ compilerOptions }) });
  symlinkSync(dirname(installed), join(folder, "ajv/node_modules"), "junction");
}
