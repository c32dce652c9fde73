// cspell:ignore promis rulez mayfloat modul
import { join } from "node:path";
import { defineConfig, loadConfig, configuredRequest, RequestError, selectRules, type Config } from "@review/review";
import { configJsonSchema } from "@review/review/config-schema";
import { Ajv } from "ajv";
import { folderWith } from "@review/testkit/folders";
import { expect, it } from "vitest";

it("ships a JSON Schema that is current; `vitest run packages/review/test/config.test.ts -u` writes it", async () => {
  await expect(configJsonSchema()).toMatchFileSnapshot("../schema/config.schema.json");
});

it.each([
  [{}, true],
  [
    { preset: "all", rules: { "floating-promise": "off" }, ignore: ["a"], overrides: [{ files: ["b"], rules: {} }] },
    true,
  ],
  [{ rules: { "floating-promise": ["error", {}] } }, true],
  [{ rules: { "floating-promise": ["error", { strict: true }] } }, false],
  [{ rules: { "floating-promis": "off" } }, false],
  [{ rulez: {} }, false],
  [{ overrides: [{ rules: {} }] }, false],
])("has a JSON Schema that says of %j what the command says: %s", async (config, isRight) => {
  const isValid = new Ajv().compile(JSON.parse(configJsonSchema()) as object);
  expect(isValid(config)).toBe(isRight);
  const loaded = loadConfig(folderWith({ "review.config.json": JSON.stringify(config) }));
  await (isRight ? expect(loaded).resolves.toMatchObject({ config }) : expect(loaded).rejects.toThrow(RequestError));
});

it("types a configuration, rule settings and all", () => {
  const config: Config = defineConfig({
    $schema: "node_modules/@review/review/schema/config.schema.json",
    preset: "all",
    rules: { "floating-promise": "off", "default-sort": ["warning", {}] },
    ignore: ["legacy/**", "!legacy/kept.ts"],
    overrides: [{ files: ["*.test.ts"], rules: { "floating-promise": "info" } }],
  });
  // @ts-expect-error There is no such severity.
  defineConfig({ rules: { "floating-promise": "fatal" } });
  // @ts-expect-error No rule has options.
  defineConfig({ rules: { "floating-promise": ["error", { strict: true }] } });
  // @ts-expect-error There is no such key.
  defineConfig({ rule: {} });
  expect(config.preset).toBe("all");
});

it("finds nothing where there is no configuration", async () => {
  expect(await loadConfig(folderWith({ "package.json": '{ "name": "x" }' }))).toBeUndefined();
  expect(await loadConfig(folderWith({ "package.json": "no JSON at all" }))).toBeUndefined();
});

it("does not run code where it must not, and takes data instead", async () => {
  const cwd = folderWith({
    "review.config.ts": "globalThis.process.exitCode = 99; export default {};",
    "package.json": '{ "review": { "preset": "refactor" } }',
  });
  expect(await loadConfig(cwd, { executable: false })).toEqual({
    path: join(cwd, "package.json"),
    folder: cwd,
    config: { preset: "refactor" },
  });
  expect(process.exitCode).toBeUndefined();
});

it("says the file, the place and the nearest name in one line", async () => {
  const cwd = folderWith({ "review.config.json": '{\n  "rules": { "floating-promis": "off" }\n}\n' });
  await expect(loadConfig(cwd)).rejects.toThrow(
    new RequestError(
      'review.config.json:2:14: `rules.floating-promis`: there is no rule "floating-promis"; did you mean "floating-promise"?',
    ),
  );
});

it("becomes part of a request", () => {
  const config = defineConfig({
    preset: "preview",
    rules: { "floating-promise": ["error", {}], "fresh-object-lookup": undefined },
    ignore: ["legacy"],
    overrides: [{ files: ["test"], rules: { "floating-promise": "off" } }],
  });
  expect(configuredRequest({ path: "/p/review.config.ts", folder: "/p", config })).toEqual({
    rules: {
      preset: "preview",
      settings: { "floating-promise": "error" },
      overrides: [{ files: ["test"], settings: { "floating-promise": "off" } }],
      base: "/p",
    },
    sources: { ignore: ["legacy"], ignoreBase: "/p" },
    models: [],
  });
});

it.each([
  [{ members: ["send"], facts: {} }, "models[0]", "it needs a `module`, an `owner` or a `global`"],
  [
    { module: "queue", members: ["send"], facts: { mayfloat: true } },
    "models[0].facts.mayfloat",
    'did you mean "mayFloat"?',
  ],
  [{ modul: "queue", members: ["send"], facts: {} }, "models[0].modul", 'did you mean "module"?'],
  [
    { module: "queue", members: ["send"], facts: { rejects: "maybe" } },
    "models[0].facts.rejects",
    '"maybe" is none of its values',
  ],
])("says what is wrong with the model %j", async (model, place, message) => {
  const cwd = folderWith({ "review.config.json": JSON.stringify({ models: [model] }) });
  await expect(loadConfig(cwd)).rejects.toThrow(`\`${place}\`: `);
  await expect(loadConfig(cwd)).rejects.toThrow(message);
});

it("runs a rule that is off everywhere but in some files", () => {
  const only = selectRules({
    settings: { "floating-promise": "off" },
    overrides: [{ files: ["src"], settings: { "floating-promise": "error" } }],
  });
  expect(only.find(rule => rule.id === "floating-promise")).toMatchObject({ severity: "error" });
  const never = selectRules({ settings: { "floating-promise": "off" } });
  expect(never.some(rule => rule.id === "floating-promise")).toBe(false);
  expect(() => selectRules({ overrides: [{ files: ["a"], settings: { quux: "off" } }] })).toThrow(RequestError);
});
