#!/usr/bin/env node
/** The `review` command. Only what every call needs is imported here: `--help` answers at once. */
import { CommanderError } from "commander";
import { createProgram } from "./program.ts";
import { isExpected, oneLine } from "./errors.ts";
import { INCOMPLETE, INTERRUPTED, USAGE } from "./exit-status.ts";

// A reader that has seen enough (`review | head`) closes the pipe: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = statusOf(error);
}

function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  if (error instanceof Error && error.name === "AbortError") {
    process.stderr.write("review: interrupted\n");
    return INTERRUPTED;
  }
  process.stderr.write(`review: ${oneLine(error, process.argv.includes("--debug"))}\n`);
  return isExpected(error) ? USAGE : INCOMPLETE;
}
