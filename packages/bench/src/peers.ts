/** The other tools: which versions, where they are installed, and what ESLint is told to look for. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { install } from "./npm.ts";

/** Exact versions of the other tools. typescript-eslint needs a compiler below 6.1, so there are two. */
export const PEERS: Readonly<Record<string, string>> = {
  "@typescript/native": "npm:typescript@7.1.0-beta",
  eslint: "10.15.0",
  oxlint: "1.94.0",
  "oxlint-tsgolint": "7.0.2007",
  typescript: "6.0.3",
  "typescript-eslint": "8.73.0",
};

/** The typed rules of typescript-eslint that look for the same kinds of bugs as ours. */
export const TYPED_RULES: readonly string[] = [
  "await-thenable",
  "no-array-delete",
  "no-base-to-string",
  "no-confusing-void-expression",
  "no-floating-promises",
  "no-for-in-array",
  "no-implied-eval",
  "no-misused-promises",
  "no-misused-spread",
  "no-unnecessary-condition",
  "no-unsafe-enum-comparison",
  "only-throw-error",
  "prefer-promise-reject-errors",
  "require-array-sort-compare",
  "restrict-plus-operands",
  "restrict-template-expressions",
  "return-await",
  "switch-exhaustiveness-check",
  "unbound-method",
];

/** Installs the other tools below the cache and answers with their folder; does nothing when they are there. */
export async function preparePeers(cache: string): Promise<string> {
  const folder = join(cache, "tools");
  const manifest = join(folder, "package.json");
  const wanted = JSON.stringify({ private: true, dependencies: PEERS }, null, 2);
  mkdirSync(folder, { recursive: true });
  const done = join(folder, "installed");
  if (!existsSync(done) || readFileSync(done, "utf8") !== wanted) {
    writeFileSync(manifest, wanted);
    await install(folder);
    writeFileSync(done, wanted);
  }
  writeFileSync(join(folder, "eslint.config.mjs"), ESLINT_CONFIG);
  writeFileSync(join(folder, "review.config.mjs"), REVIEW_CONFIG);
  return folder;
}

const ESLINT_CONFIG = `import tseslint from "typescript-eslint";

export default [
  {
    files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
    linterOptions: { reportUnusedDisableDirectives: "off" },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: ["./tsconfig.json"], tsconfigRootDir: process.cwd() },
    },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: ${JSON.stringify(Object.fromEntries(TYPED_RULES.map(rule => [`@typescript-eslint/${rule}`, "warn"])))},
  },
];
`;

/** The plugin is this checkout's own. */
const REVIEW_CONFIG = `import tseslint from "typescript-eslint";
import review from ${JSON.stringify(new URL("../../../eslint-plugin/dist/index.js", import.meta.url).href)};

export default [
  {
    files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
    linterOptions: { reportUnusedDisableDirectives: "off" },
    languageOptions: { parser: tseslint.parser },
    // A machine that is busy with two benchmarks is no reason to give up a file.
    settings: { review: { deadlineMs: 120_000 } },
  },
  review.configs.recommended,
];
`;
