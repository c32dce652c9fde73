import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/test/**/*.test.ts", "eslint-plugin/test/**/*.test.ts"],
    // What needs another installed program runs in CI, which installs it; `npm test` says how many files it leaves.
    exclude: [...configDefaults.exclude, ...(process.env["REVIEW_TEST_ALL"] ? [] : ["**/*.needs-*.test.ts"])],
    // With `-t RULE`, what is left out of a thousand tests is not worth a line each.
    hideSkippedTests: true,
    testTimeout: 60_000,
    hookTimeout: 300_000,
    // Two cores are what CI has; every test file may start a compiler process of its own.
    maxWorkers: 2,
    // What is built is loaded by Node, as users load it, and not taken apart by the test runner first.
    server: { deps: { external: [/\/dist\/.*\.js$/] } },
  },
});
