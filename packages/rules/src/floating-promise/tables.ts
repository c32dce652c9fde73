/** Calls whose promise is meant to be dropped: the caller is not the one who waits for it. */
import type { ModuleMember } from "@review/analysis";

// node:test and its like keep the promise themselves and report a rejection as a failed test.
const RUNNERS: ReadonlySet<string> = new Set([
  "test",
  "bun:test",
  "vitest",
  "@jest/globals",
  "mocha",
  "uvu",
  "ava",
  "tap",
]);
const REGISTRATIONS = /^(?:default|\*|test|it|describe|suite|before|after|beforeEach|afterEach|bench)(?:\.|$)/;

/** Whether the promise of a call of this member may be left alone. */
export function dropsAreFine({ module, name }: ModuleMember): boolean {
  return RUNNERS.has(module) && REGISTRATIONS.test(name);
}

/** Methods that end what a test has begun. */
export const CLEANUP: RegExp =
  /^(?:abort|cancel|cleanUp|cleanup|close|destroy|disconnect|dispose|end|kill|quit|release|shutdown|stop|tearDown|teardown|terminate)$/;

/** How a file asks whether it is the one that was started. */
export const ENTRY_TEST: RegExp = /\brequire\.main\b|\bimport\.meta\.(?:main|url|filename)\b/;
