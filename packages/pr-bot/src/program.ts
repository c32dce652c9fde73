/** The command's words, and its exit status. What carries them out is imported when it is called. */
import { Command, CommanderError, InvalidArgumentError } from "commander";
import type { FeedbackOptions } from "./feedback/feedback.ts";
import type { RunPorts } from "./run/run.ts";
import { UsageError } from "./errors.ts";
import { failureInWords } from "./github/failures.ts";
import { version } from "./version.ts";

interface RunWords {
  readonly pull?: number;
  readonly reportTo?: string;
  readonly from?: string;
  readonly sarif?: boolean;
  readonly known?: readonly string[];
}

const USAGE = 2;
const FAILED = 3;
const INTERRUPTED = 130;

/** Carries out a command line and gives its exit status; what went wrong is noted in one line. */
export async function runProgram(args: readonly string[], ports: RunPorts): Promise<number> {
  const result = { status: 0 };
  try {
    await createProgram(ports, status => (result.status = status)).parseAsync([...args], { from: "user" });
    return result.status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    if (ports.signal.aborted) return INTERRUPTED;
    ports.note(failureInWords(error));
    return error instanceof UsageError ? USAGE : FAILED;
  }
}

function createProgram(ports: RunPorts, end: (status: number) => void): Command {
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
    .option("--known <file...>", "leave out what these say of the same lines: SARIF logs, or ESLint's JSON")
    .option("--from <file>", "publish the report that a first workflow wrote")
    .action(async (options: RunWords) => {
      const { run } = await import("./run/run.ts");
      end(await run(options, ports));
    });
  program
    .command("feedback")
    .description("write what people made of the bot's comments in GITHUB_REPOSITORY, for `review eval --feedback`")
    .option("--since <day>", "of pull requests that changed since then, such as 2026-11-01")
    .action(async (options: FeedbackOptions) => {
      const { feedback } = await import("./feedback/feedback.ts");
      await feedback(options, ports);
    });
  program
    .command("serve")
    .description("the GitHub App: takes in webhooks and reviews what they tell of; see docs/bot.md for its environment")
    .action(async () => {
      const { serve } = await import("./serve/serve.ts");
      await serve(ports.variables, ports.signal);
    });
  return program;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It has to be a whole number.");
  return Number(text);
}
