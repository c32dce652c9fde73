/** Temporary folders, and ESLint run in them through its own API with nothing but our plugin. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ESLint, type Linter } from "eslint";
import review from "eslint-plugin-review";
import tseslint from "typescript-eslint";
import { afterEach } from "vitest";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files, gone after the test; '/' separated. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), "review-eslint-")));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder.replaceAll("\\", "/");
}

/** Time enough for a machine that is busy with other tests. */
export const patient: Linter.Config = { settings: { review: { deadlineMs: 60_000 } } };

/** The preset, with a parser for TypeScript where a file needs one. */
export const recommended: readonly Linter.Config[] = [
  review.configs.recommended,
  patient,
  { files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } },
];

export function eslintIn(cwd: string, config = recommended, more: Partial<ESLint.Options> = {}): ESLint {
  return new ESLint({ cwd, overrideConfigFile: true, overrideConfig: [...config], ...more });
}

/** Messages as `line:column rule`, sorted as ESLint sorts them; one about a file that cannot be parsed is itself. */
export function places(results: readonly ESLint.LintResult[]): string[] {
  return results.flatMap(result =>
    result.messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId ?? message}`),
  );
}

/** A promise that can reject, in a place where nobody handles it: one finding, `FLOATING`. */
export const floating = `export async function work() {
  throw new Error("no");
}
export function start() {
  work();
}
`;
export const FLOATING = "5:3 review/floating-promise";
