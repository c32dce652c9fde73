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

/** Fixes are tried within a limit of time for a whole run, and so many fixtures at once would meet it. */
const FOLDERS_AT_ONCE = 40;

/** One line for each finding and one for each of its repairs. */
function byCommand(): readonly string[] {
  const folders = [...new Set(files.map(name => name.split("/").slice(0, 3).join("/")))].sort();
  const starts = folders.map((_, index) => index).filter(index => index % FOLDERS_AT_ONCE === 0);
  return starts.flatMap(start => findingsIn(folders.slice(start, start + FOLDERS_AT_ONCE)));
}

function findingsIn(folders: readonly string[]): readonly string[] {
  const rules = Object.keys(review.rules).join(",");
  const options = ["-f", "json", "--severity", "info", "--rule", rules, ...folders];
  const run = spawnSync(process.execPath, [command, ...options], { cwd: workspace, encoding: "utf8", maxBuffer: 1e9 });
  const { findings } = JSON.parse(run.stdout) as { findings: readonly Found[] };
  return findings.flatMap(({ file, ruleId, message, range: { start, end }, fixes }) => {
    const line = [file, start.line, start.column, end.line, end.column, ruleId, message].join(":");
    const safe = fixes.find(fix => fix.safety === "safe");
    const others = fixes.filter(fix => fix !== safe).map(({ title }) => `${line} suggests ${title}`);
    return [line, ...(safe ? [`${line} is fixed`] : []), ...others];
  });
}

interface ByEslint {
  readonly found: readonly string[];
  /** Files that the parser refuses, of which ESLint tells nothing else. */
  readonly refused: readonly string[];
}

async function byEslint(): Promise<ByEslint> {
  const overrideConfig: Linter.Config[] = [
    review.configs.all,
    { languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
    { files: ["**/*.{ts,tsx,cts,mts}"], languageOptions: { parser: tseslint.parser } },
    { files: ["**/*.jsx"] },
  ];
  const linter = new ESLint({ cwd: workspace, overrideConfigFile: true, overrideConfig, ignore: false });
  const results = await linter.lintFiles([...files]);
  const nameOf = (path: string): string => relative(workspace, path).replaceAll("\\", "/");
  const refused = results.filter(({ fatalErrorCount }) => fatalErrorCount > 0).map(({ filePath }) => nameOf(filePath));
  const found = results.flatMap(({ filePath, messages }) =>
    messages.flatMap(({ line, column, endLine, endColumn, ruleId, message, fix, suggestions }) => {
      const file = nameOf(filePath);
      if (!ruleId?.startsWith("review/")) return [];
      const found = [file, line, column, endLine, endColumn, ruleId.slice("review/".length), message].join(":");
      const others = (suggestions ?? []).map(({ desc }) => `${found} suggests ${desc}`);
      return [found, ...(fix ? [`${found} is fixed`] : []), ...others];
    }),
  );
  return { found, refused };
}

test("ESLint and the command report the same findings at the same places, with the same repairs", async () => {
  const { found, refused } = await byEslint();
  // An expression that no engine compiles ends the parser, and the parser says so itself.
  expect(refused).toEqual(["fixtures/rules/regex-invalid/literal.js"]);
  const theirs = byCommand().filter(line => !refused.some(file => line.startsWith(`${file}:`)));
  expect(theirs.length).toBeGreaterThan(0);
  expect([...found].sort()).toEqual([...theirs].sort());
}, 300_000);
