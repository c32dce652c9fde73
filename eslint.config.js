// Strict typed linting for the sources, the size limits of a readable file, and the borders between the stages.
import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import tseslint from "typescript-eslint";

const compilerIsForProgram = {
  regex: "^typescript(/|$)",
  message: "Only packages/program talks to the compiler; import the tree from @review/program/syntax.",
};

const machine = ["fs", "fs/promises", "process", "child_process"].map(name => ({
  name: `node:${name}`,
  message: "A stage reaches the machine through a port; only source, program and the faces have it at hand.",
}));

export default defineConfig(
  globalIgnores(["**/dist/", "fixtures/", "**/*.generated.*"]),
  js.configs.recommended,
  {
    files: ["**/*.{ts,mts}"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A rule that needs no question is still a generator: the engine runs all of them alike.
      "require-yield": "off",
      // A rule's listener gives back its questions or nothing, and `void` is the word for nothing in such a union.
      "@typescript-eslint/no-invalid-void-type": "off",
      // Messages are built from numbers all the time; only objects and undefined print as nonsense.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // `() => clearTimeout(timer)` is the plain way to write a callback without a result.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // `while (true)` with a way out in the middle reads better than a flag.
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      // `_` marks what a signature demands and a function does not read.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-restricted-imports": ["error", { patterns: [compilerIsForProgram] }],
    },
  },
  {
    files: ["**/*.{js,mjs}"],
    languageOptions: { globals: { process: "readonly", setTimeout: "readonly", clearTimeout: "readonly" } },
  },
  {
    files: ["packages/testkit/bootstrap/**"],
    languageOptions: { globals: { setInterval: "readonly", clearInterval: "readonly", URL: "readonly" } },
  },
  {
    rules: {
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", 60],
      // A flat `switch` over kinds counts once: it is a table.
      complexity: ["error", { max: 12, variant: "modified" }],
      eqeqeq: ["error", "always"],
      // Vitest wants a pattern where a hook's first parameter is not read.
      "no-empty-pattern": ["error", { allowObjectPatternsAsParameters: true }],
    },
  },
  {
    files: ["packages/program/**/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": "off",
      // Options of older compilers are what this package translates.
      "@typescript-eslint/no-deprecated": "off",
    },
  },
  {
    // The compiler's client hands out plain numbers; its enums are names for them.
    files: ["packages/{program,analysis,rules}/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
    },
  },
  {
    // What a summary notes depends on the kind of a node and of what is around it: long, flat decisions.
    files: ["packages/analysis/src/summaries/*.ts"],
    rules: { complexity: ["error", { max: 20, variant: "modified" }] },
  },
  {
    // The compiler's types say that every node has a parent; a walk up the tree ends where one has none.
    files: ["packages/{program,analysis,rules,review}/src/**/*.ts"],
    rules: { "@typescript-eslint/no-unnecessary-condition": "off" },
  },
  {
    files: ["packages/{findings,analysis,rules,suggestions,verification,reporters}/src/**/*.ts"],
    // Model answers are cached on disk, and that is one file's business.
    ignores: ["packages/suggestions/src/**/*cache*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": ["error", { patterns: [compilerIsForProgram], paths: machine }],
      "no-restricted-globals": ["error", { name: "process", message: machine[0].message }],
    },
  },
  { files: ["eslint-plugin/**/*.ts"], extends: [eslintPlugin.configs["all-type-checked"]] },
  {
    // The template of all rules: what each adds of its own, a test asks of the plugin. It says why it names no language.
    files: ["eslint-plugin/src/rule-template.ts"],
    rules: Object.fromEntries(
      ["languages", "docs-description", "docs-recommended", "docs-url"].map(part => [
        `eslint-plugin/require-meta-${part}`,
        "off",
      ]),
    ),
  },
  {
    // A test is a list of cases: its length says nothing of its difficulty, and what it takes for granted it asserts.
    files: ["packages/*/test/**/*.ts", "eslint-plugin/test/**/*.ts"],
    rules: {
      "max-lines": ["error", 600],
      "max-lines-per-function": "off",
      complexity: "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
);
