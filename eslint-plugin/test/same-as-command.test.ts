/** The plugin and the command are two faces of one analysis: on the fixtures of all rules they must say the same. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint, type Linter } from "eslint";
import review from "eslint-plugin-review";
import tseslint from "typescript-eslint";
import { expect, test } from "vitest";

const workspace = fileURLToPath(new URL("../..", import.meta.url));
const command = fileURLToPath(new URL("../../packages/cli/dist/main.js", import.meta.url));
const files = readdirSync(new URL("../../fixtures/rules", import.meta.url), { recursive: true, encoding: "utf8" })
  .map(name => `fixtures/rules/${name.replaceAll("\\", "/")}`)
  .filter(name => /\.(?:[cm]?[jt]s|[jt]sx)$/.test(name) && !/\.d\.[cm]?ts$|\/node_modules\//.test(name));

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Found {
  readonly file: string;
  readonly ruleId: string;
  readonly message: string;
  readonly range: { readonly start: Place; readonly end: Place };
  readonly fixes: readonly { readonly title: string; readonly safety: string }[];
}

/** One line for each finding and one for each of its repairs. */
function byCommand(): readonly string[] {
  const rules = Object.keys(review.rules).join(",");
  const options = ["-f", "json", "--severity", "info", "--rule", rules, "fixtures/rules"];
  const run = spawnSync(process.execPath, [command, ...options], { cwd: workspace, encoding: "utf8", maxBuffer: 1e9 });
  const { findings } = JSON.parse(run.stdout) as { findings: readonly Found[] };
  return findings.flatMap(({ file, ruleId, message, range: { start, end }, fixes }) => {
    const line = [file, start.line, start.column, end.line, end.column, ruleId, message].join(":");
    const safe = fixes.find(fix => fix.safety === "safe");
    const others = fixes.filter(fix => fix !== safe).map(({ title }) => `${line} suggests ${title}`);
    return [line, ...(safe ? [`${line} is fixed`] : []), ...others];
  });
}

async function byEslint(): Promise<readonly string[]> {
  const overrideConfig: Linter.Config[] = [
    review.configs.all,
    { languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
    { files: ["**/*.{ts,tsx,cts,mts}"], languageOptions: { parser: tseslint.parser } },
    { files: ["**/*.jsx"] },
  ];
  const linter = new ESLint({ cwd: workspace, overrideConfigFile: true, overrideConfig, ignore: false });
  const results = await linter.lintFiles([...files]);
  return results.flatMap(({ filePath, messages }) =>
    messages.flatMap(({ line, column, endLine, endColumn, ruleId, message, fix, suggestions }) => {
      const file = relative(workspace, filePath).replaceAll("\\", "/");
      if (!ruleId?.startsWith("review/")) return [];
      const found = [file, line, column, endLine, endColumn, ruleId.slice("review/".length), message].join(":");
      const others = (suggestions ?? []).map(({ desc }) => `${found} suggests ${desc}`);
      return [found, ...(fix ? [`${found} is fixed`] : []), ...others];
    }),
  );
}

test("ESLint and the command report the same findings at the same places, with the same repairs", async () => {
  const [ours, theirs] = [await byEslint(), byCommand()];
  expect(theirs.length).toBeGreaterThan(0);
  expect([...ours].sort()).toEqual([...theirs].sort());
}, 300_000);
