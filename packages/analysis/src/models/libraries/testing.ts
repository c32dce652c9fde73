/** Test runners: they wait for the promises of their callbacks, and nobody need wait for theirs. */
import type { ArgumentFacts, Facts, Library } from "../facts.ts";
import { exportsOf, globals } from "../rows.ts";

const BODY: ArgumentFacts = { called: "once", when: "later", promise: "awaited", uses: ["stored"] };
const SUITE: Facts = { pure: false, throws: "no", takes: { "*": { ...BODY, when: "now", promise: "ignored" } } };
const FLOATING_SUITE: Facts = { ...SUITE, mayFloat: true, takes: { "*": BODY } };
const TEST: Facts = { pure: false, throws: "no", mayFloat: true, takes: { "*": BODY } };
const EXPECT: Facts = { pure: false, takes: { 0: {} } };

export const nodeTest: Library = {
  name: "node:test",
  versions: ">=18",
  models: [
    exportsOf("test", "default test it skip only todo before after beforeEach afterEach", TEST),
    exportsOf("test", "default.skip default.only default.todo test.skip test.only test.todo", TEST),
    exportsOf("test", "it.skip it.only it.todo", TEST),
    exportsOf("test", "describe suite", FLOATING_SUITE),
    exportsOf("test", "describe.skip describe.only describe.todo suite.skip suite.only suite.todo", FLOATING_SUITE),
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
    exportsOf("tap", "default test before beforeEach afterEach teardown", TEST),
    exportsOf("tap", "default.test default.skip default.only default.todo default.before", TEST),
  ],
};
