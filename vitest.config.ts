import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take a minute or more, the longest first. The last of them would otherwise run alone, with a core that has no work. */
const LONG = [
  "pr-bot/test/queue",
  "pr-bot/test/kill",
  "testkit/test/rules",
  "pr-bot/test/reviewed-once",
  "pr-bot/test/serve",
  "pr-bot/test/",
  "cli/test/",
  "eslint-plugin/test/",
  "review/test/",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = LONG.findIndex(name => moduleId.includes(name));
      return index === -1 ? LONG.length : index;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

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
    sequence: { sequencer: LongestFirst },
    // What is built is loaded by Node, as users load it, and not taken apart by the test runner first.
    server: { deps: { external: [/\/dist\/.*\.js$/] } },
  },
});
