#!/usr/bin/env node
/** The `review-bot` command. */
import { CommanderError } from "commander";
import { oneLine, UsageError } from "./errors.ts";
import { createProgram } from "./program.ts";

const USAGE = 2;
const FAILED = 3;
const INTERRUPTED = 130;

const controller = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
  });
}

try {
  await createProgram(controller.signal).parseAsync();
} catch (error) {
  process.exitCode = statusFor(error);
}

function statusFor(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  if (controller.signal.aborted) return INTERRUPTED;
  process.stderr.write(`review-bot: ${oneLine(error)}\n`);
  return error instanceof UsageError ? USAGE : FAILED;
}
