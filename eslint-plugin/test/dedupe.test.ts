/** `review.configs.dedupe`: which rules of others may go, and that they are what the table says. */
import { readdirSync, readFileSync } from "node:fs";
import js from "@eslint/js";
import type { ESLint, Linter } from "eslint";
import review, { replaced } from "eslint-plugin-review";
import { rules } from "@review/rules";
import tseslint from "typescript-eslint";
import { expect, test } from "vitest";
import { eslintIn, floating, FLOATING, folderOf, patient, places } from "./folder.ts";

const CORE_OR_TYPED = /^(?:@typescript-eslint\/)?[^/]+$/;
const theirs = Object.values(replaced).flat();
const typed = tseslint.plugin as ESLint.Plugin;

test("every rule of ESLint and typescript-eslint in the table exists, and no rule stands there twice", () => {
  const known = new Set([
    ...Object.keys(js.configs.all.rules),
    ...Object.keys(typed.rules ?? {}).map(id => `@typescript-eslint/${id}`),
  ]);
  expect(theirs.filter(id => CORE_OR_TYPED.test(id) && !known.has(id))).toEqual([]);
  expect(theirs.filter((id, index) => theirs.indexOf(id) !== index)).toEqual([]);
  expect(Object.keys(replaced).filter(id => !rules.some(rule => rule.id === id))).toEqual([]);
});

test("the preset turns off what the recommended rules replace, and nothing else", async () => {
  const { name, rules: off, plugins } = review.configs.dedupe;
  const ours = rules.filter(rule => rule.preset === "recommended").flatMap(rule => replaced[rule.id] ?? []);
  expect({ name, off, plugins }).toEqual({
    name: "review/dedupe",
    off: Object.fromEntries(ours.map(id => [id, "off"])),
    plugins: undefined,
  });
  const strict: Linter.Config = {
    files: ["**/*.ts"],
    plugins: { "@typescript-eslint": typed },
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    rules: { "@typescript-eslint/no-floating-promises": "error", "no-self-assign": "error", eqeqeq: "error" },
  };
  const text = `${floating}let a = 1;\na = a;\nexport const same = a == 1;\n`;
  const cwd = folderOf({ "a.ts": text, "tsconfig.json": "{}" });
  const linter = eslintIn(cwd, [patient, strict, review.configs.recommended, review.configs.dedupe]);
  expect(places(await linter.lintFiles("a.ts"))).toEqual([FLOATING, "8:5 review/self-assignment", "9:23 eqeqeq"]);
});

const ENOUGH = 8;

/** Some fixtures of a rule that have something to report. */
function bugsOf(ruleId: string): readonly (readonly [string, string])[] {
  const folder = new URL(`../../fixtures/rules/${ruleId}/`, import.meta.url);
  const names = readdirSync(folder)
    .filter(name => /\.[jt]sx?$/.test(name) && !/(?:^quiet-)|\.(?:fixed|repaired)\.|(?:\.d\.ts$)/.test(name))
    .slice(0, ENOUGH);
  return names.map(name => [`${ruleId}/${name}`, readFileSync(new URL(name, folder), "utf8")]);
}

test("every rule of ESLint and typescript-eslint in the table finds something that ours finds", async () => {
  const pairs = Object.entries(replaced).flatMap(([ours, ids]) =>
    ids.filter(id => CORE_OR_TYPED.test(id)).map(id => [ours, id] as const),
  );
  const compilerOptions = { allowJs: true, strict: true, target: "esnext", moduleDetection: "force", jsx: "preserve" };
  const cwd = folderOf({
    ...Object.fromEntries(pairs.flatMap(([ours]) => bugsOf(ours))),
    "tsconfig.json": JSON.stringify({ compilerOptions }),
  });
  const on = pairs.flatMap(([ours, id]) => [`review/${ours}`, id]);
  const linter = eslintIn(cwd, [
    patient,
    {
      files: ["**/*.{ts,tsx,js,jsx}"],
      plugins: { "@typescript-eslint": typed, review },
      languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
      rules: Object.fromEntries(on.map(id => [id, "warn"])),
    },
  ]);
  const results = await linter.lintFiles(".");
  const found = new Set(
    results.flatMap(({ filePath, messages }) => messages.map(({ ruleId, line }) => `${ruleId} ${filePath}:${line}`)),
  );
  const meet = ([ours, id]: readonly [string, string]): boolean =>
    [...found].some(one => one.startsWith(`${id} `) && found.has(one.replace(id, `review/${ours}`)));
  expect(pairs.filter(pair => !meet(pair))).toEqual([]);
}, 120_000);
