#!/usr/bin/env node
/** The `review` command. Only what every call needs is imported here: `--help` answers at once. */
import { CommanderError } from "commander";
import { isExpected, oneLine } from "./errors.ts";
import { INCOMPLETE, INTERRUPTED, USAGE } from "./exit-status.ts";
import { createProgram } from "./program.ts";

const debug = process.argv.includes("--debug");

// Who writes hears of a failure from the write itself; a reader that has seen enough (`review | head`) is none.
process.stdout.on("error", () => undefined);
process.stderr.on("error", () => undefined);

// Without this, Node's own status for a defect would say that there are findings.
process.on("uncaughtException", error => {
  process.exit(fail(error));
});

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = fail(error);
}

/** Says what went wrong, on standard error, and answers with the status that stands for it. */
function fail(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  if (error instanceof Error && error.name === "AbortError") {
    process.stderr.write("review: interrupted\n");
    return INTERRUPTED;
  }
  process.stderr.write(`review: ${oneLine(error, debug)}\n`);
  return isExpected(error) ? USAGE : INCOMPLETE;
}
