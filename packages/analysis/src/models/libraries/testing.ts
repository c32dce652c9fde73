/** Test runners: they wait for the promises of their callbacks, and nobody need wait for theirs. */
import type { ArgumentFacts, Facts, Library } from "../facts.ts";
import { exportsOf, globals } from "../rows.ts";

const BODY: ArgumentFacts = { called: "once", when: "later", promise: "awaited", uses: ["stored"] };
const SUITE: Facts = { pure: false, throws: "no", takes: { "*": { ...BODY, when: "now", promise: "ignored" } } };
const TEST: Facts = { pure: false, throws: "no", mayFloat: true, takes: { "*": BODY } };
const EXPECT: Facts = { pure: false, takes: { 0: {} } };

/** Functions that `node:test` and tap have as members of others too; what they are called says what they do with a test. */
const VARIANTS = "skip only todo";

function withVariants(name: string): string {
  return [name, ...VARIANTS.split(" ").map(variant => `${name}.${variant}`)].join(" ");
}

export const nodeTest: Library = {
  name: "node:test",
  versions: ">=18",
  models: [
    exportsOf("test", "before after beforeEach afterEach", TEST),
    ...["default", "test", "it", "describe", "suite"].map(name => exportsOf("test", withVariants(name), TEST)),
    exportsOf("test", VARIANTS, TEST),
  ],
};

export const vitest: Library = {
  name: "vitest",
  versions: ">=1 <5",
  models: [
    exportsOf("vitest", "test it beforeAll afterAll beforeEach afterEach", TEST),
    exportsOf("vitest", "describe suite", { ...SUITE, takes: { "*": BODY } }),
    exportsOf("vitest", "expect", EXPECT),
  ],
};

export const mocha: Library = {
  name: "mocha",
  versions: ">=8 <12",
  models: [globals("it specify before after beforeEach afterEach", TEST), globals("describe context suite", SUITE)],
};

export const jest: Library = {
  name: "jest",
  versions: ">=26 <31",
  unchecked: "its published types bring thirty packages and declare the same globals as mocha's",
  models: [
    globals("test beforeAll afterAll", TEST),
    exportsOf("@jest/globals", "test it beforeAll afterAll beforeEach afterEach", TEST),
    exportsOf("@jest/globals", "describe", SUITE),
    exportsOf("@jest/globals", "expect", EXPECT),
  ],
};

export const tap: Library = {
  name: "tap",
  versions: ">=16 <22",
  unchecked: "its published types bring a hundred packages",
  models: [
    exportsOf("tap", `${withVariants("default")} default.test default.before`, TEST),
    exportsOf("tap", "test before beforeEach afterEach teardown", TEST),
  ],
};
