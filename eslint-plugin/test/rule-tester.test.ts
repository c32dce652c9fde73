/** The fixtures of every rule as cases of ESLint's own `RuleTester`, which is stricter with a rule than ESLint is. */
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { applyEdits } from "@review/findings";
import { RuleTester } from "eslint";
import review from "eslint-plugin-review";
import { rules } from "@review/rules";
import tseslint from "typescript-eslint";
import { describe, test } from "vitest";
import { type Found, foundByCommand } from "./both-faces.ts";

const workspace = fileURLToPath(new URL("../..", import.meta.url));
const found = await foundByCommand(workspace, "fixtures/rules");

RuleTester.describe = describe;
RuleTester.it = test;
RuleTester.itOnly = test.only;

const tester = new RuleTester({
  settings: { review: { deadlineMs: 60_000 } },
  languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
});

/** The first files of a rule's own folder that do, and do not, hold something to report. */
function filesOf(id: string): { readonly loud: readonly string[]; readonly quiet: readonly string[] } {
  const names = readdirSync(new URL(`../../fixtures/rules/${id}`, import.meta.url)).filter(
    name => /\.[jt]sx?$/.test(name) && !/\.(?:fixed|repaired)\.|\.d\.ts$/.test(name),
  );
  const files = names.map(name => `fixtures/rules/${id}/${name}`);
  const isLoud = (file: string): boolean => found.some(one => one.file === file && one.ruleId === id);
  return { loud: files.filter(isLoud).slice(0, 2), quiet: files.filter(file => !isLoud(file)).slice(0, 1) };
}

function caseOf(file: string): { readonly name: string; readonly code: string; readonly filename: string } {
  return { name: file, code: readFileSync(`${workspace}${file}`, "utf8"), filename: `${workspace}${file}` };
}

function loudCase(file: string, id: string): RuleTester.InvalidTestCase {
  const own = found.filter(one => one.file === file && one.ruleId === id);
  const { code, ...rest } = caseOf(file);
  const safe = own.flatMap(({ fixes }) => fixes.filter(fix => fix.safety === "safe").slice(0, 1));
  return {
    ...rest,
    code,
    errors: own.map(({ message, range: { start, end }, fixes }) => ({
      message,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      suggestions: fixes
        .filter(fix => fix.safety !== "safe")
        .map(fix => ({ desc: fix.title, output: applied(code, [fix]) })),
    })),
    output: safe.length > 0 ? applied(code, safe) : null,
  };
}

type Fix = Found["fixes"][number];

function applied(code: string, fixes: readonly Fix[]): string {
  const starts = [0, ...[...code.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = ({ line, column }: Found["range"]["start"]): number => starts[line - 1]! + column - 1;
  const edits = fixes.flatMap(fix =>
    fix.edits.map(({ range, text }) => ({ span: { start: offset(range.start), end: offset(range.end) }, text })),
  );
  const result = applyEdits(code, edits);
  return result.kind === "applied" ? result.text : result.kind;
}

for (const { id } of rules) {
  const { loud, quiet } = filesOf(id);
  tester.run(`review/${id}`, review.rules[id]!, {
    valid: quiet.map(caseOf),
    invalid: loud.map(file => loudCase(file, id)),
  });
}
