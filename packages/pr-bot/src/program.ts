/** The command's words. What carries them out is imported when it is called. */
import { Command, InvalidArgumentError } from "commander";
import { version } from "./version.ts";

interface RunWords {
  readonly pull?: number;
  readonly reportTo?: string;
  readonly from?: string;
  readonly sarif?: boolean;
}

/** The command with all that it understands; `signal` ends it. */
export function createProgram(signal: AbortSignal): Command {
  const program = new Command("review-bot")
    .description("Reviews pull requests: few comments, each on the right line, each once.")
    .version(version, "-v, --version")
    .exitOverride();
  program
    .command("run")
    .description("review one pull request in CI, from GITHUB_EVENT_PATH, GITHUB_REPOSITORY and GITHUB_TOKEN")
    .option("--pull <number>", "this pull request, whatever the event is", wholeNumber)
    .option("--report-to <file>", "analyse only and write the report for a second workflow")
    .option("--sarif", "send the findings to code scanning too")
    .option("--from <file>", "publish the report that a first workflow wrote")
    .action(async (options: RunWords) => {
      const { run } = await import("./run/run.ts");
      process.exitCode = await run(options, {
        variables: process.env,
        signal,
        out: line => void process.stdout.write(`${line}\n`),
        note: line => void process.stderr.write(`review-bot: ${line}\n`),
      });
    });
  program
    .command("serve")
    .description("the GitHub App: takes in webhooks and reviews what they tell of; see docs/bot.md for its environment")
    .action(async () => {
      const { serve } = await import("./serve/serve.ts");
      await serve(process.env, signal);
    });
  return program;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It has to be a whole number.");
  return Number(text);
}
