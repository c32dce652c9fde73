/** The same files by the command and by ESLint, each finding and each repair as a line, to be compared byte for byte. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ESLint, type Linter } from "eslint";
import review from "eslint-plugin-review";
import tseslint from "typescript-eslint";

const command = fileURLToPath(new URL("../../packages/cli/dist/main.js", import.meta.url));

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Range {
  readonly start: Place;
  readonly end: Place;
}

/** A finding as the command reports it. */
export interface Found {
  readonly file: string;
  readonly ruleId: string;
  readonly message: string;
  readonly range: Range;
  readonly fixes: readonly {
    readonly title: string;
    readonly safety: string;
    readonly edits: readonly { readonly file: string; readonly range: Range; readonly text: string }[];
  }[];
}

/** What all rules of the command find below a folder. */
export async function foundByCommand(cwd: string, target: string): Promise<readonly Found[]> {
  const rules = Object.keys(review.rules).join(",");
  const options = ["-f", "json", "--severity", "info", "--fail-on", "never", "--rule", rules, target];
  const { stdout } = await promisify(execFile)(process.execPath, [command, ...options], { cwd, maxBuffer: 1e9 }).catch(
    // Files that cannot be parsed make the report incomplete; ESLint has nothing to say of them either.
    (error: unknown) => error as { readonly stdout: string },
  );
  return (JSON.parse(stdout) as { findings: readonly Found[] }).findings;
}

/** The command's findings in lines. */
export function linesOfCommand(cwd: string, findings: readonly Found[]): readonly string[] {
  const texts = new Map<string, Text>();
  return findings.flatMap(({ file, ruleId, message, range: { start, end }, fixes }) => {
    const line = [file, start.line, start.column, end.line, end.column, ruleId, message].join(":");
    const own = fixes.filter(fix => fix.edits.every(edit => edit.file === file));
    const safe = own.find(fix => fix.safety === "safe");
    const text = texts.get(file) ?? textOf(join(cwd, file));
    texts.set(file, text);
    const told = (fix: (typeof fixes)[number]): string =>
      editsText(
        fix.edits.map(edit => [text.range(edit.range), edit.text]),
        text.text,
      );
    const others = own.filter(fix => fix !== safe).map(fix => `${line} suggests ${fix.title} ${told(fix)}`);
    return [line, ...(safe ? [`${line} is fixed ${told(safe)}`] : []), ...others];
  });
}

/** ESLint's findings about files, in lines. */
export async function linesOfEslint(cwd: string, files: readonly string[]): Promise<readonly string[]> {
  const overrideConfig: Linter.Config[] = [
    review.configs.all,
    { languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
    { files: ["**/*.{ts,tsx,cts,mts}"], languageOptions: { parser: tseslint.parser } },
    { files: ["**/*.jsx"] },
    { settings: { review: { deadlineMs: 60_000 } } },
  ];
  const linter = new ESLint({ cwd, overrideConfigFile: true, overrideConfig, ignore: false });
  const results = await linter.lintFiles([...files]);
  return results.flatMap(({ filePath, messages }) => {
    const { text } = textOf(filePath);
    const told = ({ range, text: put }: { range: readonly [number, number]; text: string }): string =>
      editsText([[range, put]], text);
    return messages.flatMap(({ line, column, endLine, endColumn, ruleId, message, fix, suggestions }) => {
      const file = relative(cwd, filePath).replaceAll("\\", "/");
      if (!ruleId?.startsWith("review/")) return [];
      const found = [file, line, column, endLine, endColumn, ruleId.slice("review/".length), message].join(":");
      const others = (suggestions ?? []).map(one => `${found} suggests ${one.desc} ${told(one.fix)}`);
      return [found, ...(fix ? [`${found} is fixed ${told(fix)}`] : []), ...others];
    });
  });
}

type OffsetRange = readonly [number, number];

/** Edits as ESLint merges them: from the first to the last as one. */
function editsText(edits: readonly (readonly [OffsetRange, string])[], text: string): string {
  const sorted = [...edits].sort(([[a]], [[b]]) => a - b);
  const [start, end] = [sorted[0]![0][0], sorted.at(-1)![0][1]];
  let at = start;
  let put = "";
  for (const [[from, to], replacement] of sorted) {
    put += text.slice(at, from) + replacement;
    at = to;
  }
  return JSON.stringify([start, end, put]);
}

interface Text {
  readonly text: string;
  range(range: Range): OffsetRange;
}

/** A file's text without byte-order mark, and offsets of 1-based lines and columns in it. */
function textOf(path: string): Text {
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  const starts = [0, ...[...text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map(({ 0: end, index }) => index + end.length)];
  const offset = ({ line, column }: Place): number => starts[line - 1]! + column - 1;
  return { text, range: ({ start, end }) => [offset(start), offset(end)] };
}
