import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ESLint } from "eslint";
import { defineConfig } from "eslint/config";
import review from "eslint-plugin-review";
import { rules } from "@review/rules";
import { describe, expect, test } from "vitest";
import { eslintIn, floating, folderOf, places } from "./folder.ts";

const manifest = createRequire(import.meta.url)("../package.json") as { readonly version: string };

test("the plugin says who it is, and under which prefix its rules are known", () => {
  expect(review.meta).toEqual({ name: "eslint-plugin-review", version: manifest.version, namespace: "review" });
});

describe("the rules", () => {
  test("are all those of the core and the two about suppressions", () => {
    const ids = [...rules.map(rule => rule.id), "ignore-without-reason", "unused-ignore"];
    expect(Object.keys(review.rules)).toEqual(ids.sort());
  });

  test.each(Object.entries(review.rules))("%s has complete metadata from the core", (id, { meta }) => {
    const core = rules.find(rule => rule.id === id);
    expect(meta?.docs?.description).toBe(core?.summary ?? meta?.docs?.description);
    expect(meta?.docs?.url).toMatch(new RegExp(`^https://[^ ]+/${id}/README\\.md$`));
    const page = new URL(`../../packages/rules/src/${id}/README.md`, import.meta.url);
    expect(readFileSync(page, "utf8")).toContain(meta?.docs?.description);
    expect(meta?.docs?.recommended).toBe(core ? core.preset === "recommended" : true);
    expect(meta?.type).toBe((core?.category ?? "refactoring") === "refactoring" ? "suggestion" : "problem");
    expect(meta?.schema).toEqual([]);
    expect(Object.keys(meta?.messages ?? {}).length).toBeGreaterThan(0);
    expect([meta?.fixable, meta?.hasSuggestions]).toEqual(["code", true]);
  });
});

describe("the presets", () => {
  test("hold the rules of their name, with the core's severities", () => {
    const { recommended, refactor, all } = review.configs;
    expect([recommended.name, refactor.name, all.name]).toEqual([
      "review/recommended",
      "review/refactor",
      "review/all",
    ]);
    expect(Object.keys(all.rules ?? {})).toEqual(Object.keys(review.rules).map(id => `review/${id}`));
    for (const { id, severity, preset } of rules) {
      const expected = severity === "error" ? "error" : "warn";
      expect(all.rules?.[`review/${id}`]).toBe(expected);
      expect(recommended.rules?.[`review/${id}`]).toBe(preset === "recommended" ? expected : undefined);
      expect(refactor.rules?.[`review/${id}`]).toBe(preset === "refactor" ? expected : undefined);
    }
  });

  test("are found by `extends`, under another prefix too", async () => {
    const cwd = folderOf({ "a.js": floating });
    for (const prefix of ["review", "mine"]) {
      const config = defineConfig({ plugins: { [prefix]: review }, extends: [`${prefix}/recommended`] });
      const linter = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: config });
      expect(places(await linter.lintFiles("a.js"))).toEqual([`5:3 ${prefix}/floating-promise`]);
    }
  });

  test("do no harm beside other languages and plugins", async () => {
    const language = {
      fileType: "text",
      lineStart: 1,
      columnStart: 0,
      nodeTypeKey: "type",
      validateLanguageOptions: () => undefined,
      parse: () => ({ ok: true, ast: { type: "Root", range: [0, 0] } }),
      createSourceCode: ({ body }: { body: string }, { ast }: { ast: object }) => ({
        text: body,
        ast,
        getLoc: () => ({ start: { line: 1, column: 0 }, end: { line: 1, column: 0 } }),
        getRange: () => [0, 0],
        traverse: () => [],
      }),
    };
    const cwd = folderOf({ "a.txt": floating });
    const linter = eslintIn(cwd, [
      review.configs.all,
      {
        files: ["**/*.txt"],
        plugins: { plain: { languages: { text: language } } as unknown as ESLint.Plugin },
        language: "plain/text",
      },
    ]);
    expect(places(await linter.lintFiles("a.txt"))).toEqual([]);
  });
});
