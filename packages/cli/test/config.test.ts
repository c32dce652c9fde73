// cspell:ignore promis recomended rulez
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith } from "@review/testkit/folders";
import { expect, it } from "vitest";
import { error, found, run, warning, withRules } from "./command.ts";

const sources = { "src/a.ts": error, "src/b.ts": warning, "legacy/c.ts": warning, "test/d.ts": warning };

const all = [
  "legacy/c.ts:3 floating-promise",
  "src/a.ts:2 fresh-object-lookup",
  "src/b.ts:3 floating-promise",
  "test/d.ts:3 floating-promise",
];

async function reviewed(cwd: string, ...args: string[]): Promise<readonly string[]> {
  return found(await run(cwd, ["-f", "json", ...args]));
}

const settings = {
  rules: { "fresh-object-lookup": "off" },
  ignore: ["legacy"],
  overrides: [{ files: ["test/**"], rules: { "floating-promise": ["error", {}] } }],
};

it.each([
  [
    "review.config.ts",
    (json: string) =>
      `import { defineConfig } from "@review/review";\nconst it: object = ${json};\nexport default defineConfig(it);\n`,
  ],
  ["review.config.mts", (json: string) => `export default ${json} as const;\n`],
  ["review.config.js", (json: string) => `export default ${json};\n`],
  ["review.config.mjs", (json: string) => `export default ${json};\n`],
  ["review.config.json", (json: string) => json],
  ["review.config.jsonc", (json: string) => `// A comment.\n${json.replace(/\}$/, ", }")}`],
  ["package.json", (json: string) => `{ "name": "x", "review": ${json} }`],
])("takes rules, ignored files and overrides from %s", async (name, text) => {
  const cwd = folderWith({ ...sources, [name]: text(JSON.stringify(settings)) });
  const { findings } = JSON.parse((await run(cwd, ["-f", "json"])).stdout) as {
    findings: readonly { readonly file: string; readonly severity: string }[];
  };
  expect(findings.map(({ file, severity }) => `${file} ${severity}`)).toEqual(["src/b.ts warning", "test/d.ts error"]);
});

it("reads the nearest configuration upward, with its globs relative to it, and none above the repository", async () => {
  const cwd = folderWith({
    ...sources,
    "review.config.json": JSON.stringify({ ignore: ["src/b.ts", "/test"] }),
    "test/nested/e.ts": warning,
  });
  expect(await reviewed(cwd)).toEqual([all[0], all[1]]);
  expect(await reviewed(join(cwd, "src"))).toEqual(["a.ts:2 fresh-object-lookup", "b.ts:3 floating-promise"]);
  mkdirSync(join(cwd, ".git"));
  expect(await reviewed(join(cwd, "src"))).toEqual(["a.ts:2 fresh-object-lookup"]);
  writeFileSync(join(cwd, "src/review.config.json"), "{}");
  expect(await reviewed(join(cwd, "src"))).toHaveLength(2);
  mkdirSync(join(cwd, "src/.git"));
  writeFileSync(join(cwd, "src/review.config.json"), '{ "ignore": ["a.ts"] }');
  expect(await reviewed(join(cwd, "src"))).toEqual(["b.ts:3 floating-promise"]);
});

it("does what the command line says where the configuration says otherwise", async () => {
  const cwd = folderWith({
    ...sources,
    "review.config.json": JSON.stringify({
      rules: { "floating-promise": "off", "fresh-object-lookup": "warning" },
      overrides: [{ files: ["*.ts"], rules: { "floating-promise": "off" } }],
    }),
  });
  expect(await reviewed(cwd)).toEqual([all[1]]);
  expect(await reviewed(cwd, "--rule", "floating-promise")).toEqual([all[0], all[2], all[3]]);
  expect(await reviewed(cwd, "--skip-rule", "fresh-object-lookup")).toEqual([]);
  expect((await run(cwd, ["src/a.ts"])).status).toBe(0);
});

it.each([
  [
    "review.config.json",
    '{\n  "rulez": {}\n}',
    'review.config.json:2:3: `rulez`: there is no key "rulez"; did you mean "rules"?',
  ],
  [
    "review.config.json",
    '{ "rules": { "floating-promis": "off" } }',
    'review.config.json:1:14: `rules.floating-promis`: there is no rule "floating-promis"; did you mean "floating-promise"?',
  ],
  [
    "review.config.json",
    '{ "rules": { "floating-promise": "warn" } }',
    'review.config.json:1:14: `rules.floating-promise`: "warn" is no setting; did you mean "warning"?',
  ],
  [
    "review.config.json",
    '{ "rules": { "floating-promise": 2 } }',
    'review.config.json:1:14: `rules.floating-promise`: a rule is set to "off", "error", "warning", "info", or to [severity, {}]',
  ],
  [
    "review.config.json",
    '{ "rules": { "floating-promise": ["error", { "strict": true }] } }',
    'review.config.json:1:44: `rules.floating-promise[1]`: this rule has no options: write "error" alone',
  ],
  ["review.config.json", '{ "ignore": "legacy" }', "review.config.json:1:3: `ignore`: it takes a list, not a text"],
  [
    "review.config.json",
    '{ "preset": "recomended" }',
    'review.config.json:1:3: `preset`: "recomended" is none of its values; did you mean "recommended"?',
  ],
  [
    "review.config.json",
    '{ "overrides": [{ "rules": {} }] }',
    "review.config.json:1:17: `overrides[0].files`: it is missing",
  ],
  [
    "review.config.json",
    '{ "overrides": [{ "files": [], "rules": {}, "ignore": [] }] }',
    '`overrides[0].ignore`: there is no key "ignore"; use "files", "rules"',
  ],
  [
    "review.config.json",
    '{ "extends": "x", "plugins": [] }',
    'there is no key "extends"; use "preset", "rules", "ignore", "overrides", "models", "suggest" (1 more)',
  ],
  ["review.config.json", "[]", "review.config.json:1:1: it takes an object, not a list"],
  [
    "review.config.json",
    "{\n  // No comments here.\n}",
    "review.config.json:2:3: this is not valid JSON: invalid comment token",
  ],
  ["review.config.json", "", "review.config.json:1:1: this is not valid JSON: value expected"],
  [
    "review.config.jsonc",
    '{ "rules": { // Yes.\n "quux": "off" } }',
    'review.config.jsonc:2:2: `rules.quux`: there is no rule "quux"; see `review rules`',
  ],
  [
    "package.json",
    '{\n "review": {\n  "rule": {} } }',
    'package.json:3:3: `rule`: there is no key "rule"; did you mean "rules"?',
  ],
  [
    "review.config.ts",
    'export default { rules: { "floating-promis": "off" as const } };',
    'review.config.ts: `rules.floating-promis`: there is no rule "floating-promis"; did you mean "floating-promise"?',
  ],
  ["review.config.ts", "export default {", "review.config.ts: it cannot be loaded: "],
  ["review.config.mjs", "throw new Error('no\\nway');", "review.config.mjs: it cannot be loaded: no"],
  [
    "review.config.mjs",
    "export const config = {};",
    "it has no default export; write `export default defineConfig({ … })`",
  ],
])("ends with 2 and one line for %s: %s", async (name, text, line) => {
  const cwd = folderWith({ "a.ts": warning, [name]: text });
  const { status, stdout, stderr } = await run(cwd, []);
  expect(stderr).toMatch(/^review: [^\n]+\n$/);
  expect(stderr).toContain(line);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

it("shows refactorings to whoever asks for them: by severity, by status, by name or by preset", async () => {
  const cwd = folderWith({ "src/a.ts": "export const a = 1;\n" });
  const listen = 'pass => { pass.report({ start: 0, end: 6 }, { message: "A test." }); return {}; }';
  const node = withRules(cwd, { "any-export": listen }, { severity: "info", preset: "refactor" });
  const shown = async (...args: string[]): Promise<number> =>
    found(await run(cwd, ["-f", "json", "src", ...args], { node })).length;
  expect(await shown()).toBe(0);
  expect(await shown("--severity", "info")).toBe(1);
  expect(await shown("--fail-on", "info")).toBe(1);
  expect(await shown("--rule", "any-export")).toBe(1);
  writeFileSync(join(cwd, "review.config.json"), '{ "preset": "refactor" }');
  expect(await shown()).toBe(1);
  expect(await shown("--severity", "warning")).toBe(0);
});

it("says in one line that a configuration ignores all that was named", async () => {
  const cwd = folderWith({ ...sources, "review.config.json": '{ "ignore": ["**"] }' });
  const { status, stderr } = await run(cwd, ["src"]);
  expect(stderr).toMatch(/^review: [^\n]+matches only files that the configuration ignores[^\n]+\n$/);
  expect(status).toBe(2);
});

it("honours comments, and calls none unused whose rule is off in its file", async () => {
  const ignored = warning.replace("  save();", "  // review-ignore floating-promise -- nobody waits\n  save();");
  const cwd = folderWith({
    "a.ts": ignored,
    "b.ts": `// review-ignore-file floating-promise -- a script\n${warning}`,
    "c.ts": warning.replace("save();\n}", "save(); // eslint-disable-line review/floating-promise -- as for ESLint\n}"),
    "d.ts": `// review-ignore floating-promise -- nothing below\nexport const d = 1;\n`,
    "e.ts": `// review-ignore floating-promise\nexport const e = 1;\n`,
  });
  expect(await reviewed(cwd)).toEqual(["d.ts:1 unused-ignore", "e.ts:1 ignore-without-reason"]);
  const config = { overrides: [{ files: ["d.ts"], rules: { "floating-promise": "off" } }] };
  writeFileSync(join(cwd, "review.config.json"), JSON.stringify(config));
  expect(await reviewed(cwd)).toEqual(["e.ts:1 ignore-without-reason"]);
});
