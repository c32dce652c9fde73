#!/usr/bin/env node
/** The `review-bot` command. */
import { runProgram } from "./program.ts";

const INTERRUPTED = 130;

const controller = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
  });
}

process.exitCode = await runProgram(process.argv.slice(2), {
  variables: process.env,
  signal: controller.signal,
  out: line => void process.stdout.write(`${line}\n`),
  note: line => void process.stderr.write(`review-bot: ${line}\n`),
});
