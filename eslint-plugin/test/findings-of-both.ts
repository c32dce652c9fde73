/** What the command and ESLint say of the same files, in one form: with the text that each repair would leave. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { applyEdits, lineStarts, type SpanEdit } from "@review/findings";
import type { ESLint } from "eslint";
import review from "eslint-plugin-review";

/** A finding as ESLint tells it. */
export interface Found {
  readonly file: string;
  readonly ruleId: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number | undefined;
  readonly endColumn: number | undefined;
  /** The text of the file after the safe repair; null: there is none. */
  readonly output: string | null;
  readonly suggestions: readonly { readonly desc: string; readonly output: string }[];
}

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Range {
  readonly start: Place;
  readonly end: Place;
}

interface Reported extends Pick<Found, "file" | "ruleId" | "message"> {
  readonly range: Range;
  readonly fixes: readonly {
    readonly title: string;
    readonly safety: string;
    readonly edits: readonly { readonly file: string; readonly range: Range; readonly text: string }[];
    readonly verified: object | null;
  }[];
}

const command = fileURLToPath(new URL("../../packages/cli/dist/main.js", import.meta.url));

/** The findings of all rules in files of a folder, by the command. */
export function byCommand(cwd: string, files: readonly string[]): readonly Found[] {
  return reportOn(cwd, files).map(({ file, ruleId, message, range, fixes }) => {
    const text = textOf(cwd, file);
    // An edit of another file is beyond what ESLint can do.
    const own = fixes.filter(fix => fix.edits.every(edit => edit.file === file));
    const safe = own.find(fix => fix.safety === "safe");
    const { start, end } = range;
    return {
      ...{ file, ruleId, message, line: start.line, column: start.column, endLine: end.line, endColumn: end.column },
      output: safe ? applied(text, safe.edits) : null,
      suggestions: own
        .filter(fix => fix !== safe)
        .map(({ title, edits }) => ({ desc: title, output: applied(text, edits) })),
    };
  });
}

/** The same of what ESLint has found; a file that its parser refuses is passed over. */
export function byEslint(cwd: string, results: readonly ESLint.LintResult[]): readonly Found[] {
  return results.flatMap(({ filePath, messages }) => {
    const file = relative(cwd, filePath).replaceAll("\\", "/");
    const text = textOf(cwd, file);
    return messages.flatMap(({ ruleId, message, line, column, endLine, endColumn, fix, suggestions = [] }) => {
      if (!ruleId?.startsWith("review/")) return [];
      const output = fix ? replaced(text, fix) : null;
      const offered = suggestions.map(({ desc, fix }) => ({ desc, output: replaced(text, fix) }));
      const id = ruleId.slice("review/".length);
      return [{ file, ruleId: id, message, line, column, endLine, endColumn, output, suggestions: offered }];
    });
  });
}

/** For comparing: each finding as a text, in an order of their own. */
export function sorted(found: readonly Found[]): readonly string[] {
  return found
    .map(({ file, line, column, endLine, endColumn, ruleId, message, output, suggestions }) => {
      const place = `${file}:${line}:${column}-${endLine}:${endColumn}`;
      return [`${place} ${ruleId}: ${message}`, JSON.stringify({ output, suggestions })].join("\n");
    })
    .sort();
}

/** What is left of a text after all its safe repairs, which ESLint makes in one go; null where there is none. */
export function outputOf(text: string, found: readonly Found[]): string | null {
  const outputs = found.flatMap(({ output }) => output ?? []);
  if (outputs.length === 0) return null;
  const result = applyEdits(
    text,
    outputs.map(output => changeOf(text, output)),
  );
  return result.kind === "applied" ? result.text : result.kind;
}

/** The one edit between two texts. */
function changeOf(before: string, after: string): SpanEdit {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start++;
  let kept = 0;
  while (kept < least - start && before.at(-1 - kept) === after.at(-1 - kept)) kept++;
  return { span: { start, end: before.length - kept }, text: after.slice(start, after.length - kept) };
}

function reportOn(cwd: string, files: readonly string[]): readonly Reported[] {
  const rules = Object.keys(review.rules).join(",");
  const options = ["-f", "json", "--severity", "info", "--rule", rules, ...files];
  const run = spawnSync(process.execPath, [command, ...options], { cwd, encoding: "utf8", maxBuffer: 1e9 });
  const { findings } = JSON.parse(run.stdout) as { findings: readonly Reported[] };
  // Fixes are tried within a limit of time for the whole run: what is left on a busy machine is asked for once more.
  const left = [...new Set(findings.filter(isUntried).map(({ file }) => file))];
  if (left.length === 0 || left.length === files.length) return findings;
  return [...findings.filter(({ file }) => !left.includes(file)), ...reportOn(cwd, left)];
}

function isUntried({ fixes: [first] }: Reported): boolean {
  return first?.verified === null;
}

function textOf(cwd: string, file: string): string {
  return readFileSync(join(cwd, file), "utf8").replace(/^\uFEFF/, "");
}

function applied(text: string, edits: Reported["fixes"][number]["edits"]): string {
  const starts = lineStarts(text);
  const offsetOf = ({ line, column }: Place): number => (starts[line - 1] ?? 0) + column - 1;
  const result = applyEdits(
    text,
    edits.map(({ range: { start, end }, text: put }) => ({
      span: { start: offsetOf(start), end: offsetOf(end) },
      text: put,
    })),
  );
  return result.kind === "applied" ? result.text : result.kind;
}

function replaced(
  text: string,
  { range: [start, end], text: put }: { range: readonly [number, number]; text: string },
): string {
  return text.slice(0, start) + put + text.slice(end);
}
