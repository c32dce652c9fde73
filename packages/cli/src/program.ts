/** The command's words: arguments, subcommands and their help. What carries them out is imported when it is called. */
import { createRequire } from "node:module";
import { Command, Option } from "commander";
import { AFTER_HELP, asOneLine, helpWidth } from "./help.ts";
import {
  addFindingOptions,
  addModelOptions,
  addOutputOptions,
  addReviewedOptions,
  addReviewOptions,
  collect,
  wholeNumber,
  type ReviewOptions,
} from "./options.ts";
import type { EvalOptions } from "./run-eval.ts";
import type { FixOptions } from "./run-fix.ts";
import type { SuggestOptions } from "./run-suggest.ts";
import { hasColour } from "./terminal.ts";

/** The command with all that it understands; it throws a `CommanderError` instead of ending the process. */
export function createProgram(): Command {
  const program = new Command("review")
    .description("Finds likely bugs in TypeScript and JavaScript, shows why, and says how to repair them.")
    .usage("[options] [paths...]\n       review watch | rules | explain | suggest | fix | eval")
    .version(readVersion(), "-v, --version")
    .argument("[paths...]", "files, directories or globs (default: the current directory)")
    .configureHelp({ helpWidth: helpWidth(), sortSubcommands: false })
    .configureOutput({ outputError: (text, write) => write(asOneLine(text)) })
    // An option after the name of a subcommand is that subcommand's, even where the review has one of the same name.
    .enablePositionalOptions()
    .exitOverride();
  addReviewOptions(program);
  program.addHelpText("after", AFTER_HELP);
  program.action(async (paths: string[], options: ReviewOptions) => {
    process.exitCode = await (options.watch ? watch(paths, options) : once(paths, options));
  });
  addWatch(program);
  addRules(program);
  addExplain(program);
  addSuggest(program);
  addFix(program);
  addEval(program);
  return program;
}

async function once(paths: readonly string[], options: ReviewOptions): Promise<number> {
  const { runReview } = await import("./run-review.ts");
  return runReview(paths, options);
}

async function watch(paths: readonly string[], options: ReviewOptions): Promise<number> {
  const { runWatch } = await import("./watch/run-watch.ts");
  return runWatch(paths, options);
}

function addWatch(program: Command): void {
  const command = program
    .command("watch [paths...]")
    .description("review, and go on with each file as it is saved; the same as --watch");
  addReviewOptions(command);
  command.action(async (paths: string[], options: ReviewOptions) => {
    process.exitCode = await watch(paths, options);
  });
}

function addRules(program: Command): void {
  program
    .command("rules")
    .description("list the rules")
    .option("-f, --format <name>", "pretty or json", "pretty")
    .action(async ({ format }: { format: string }) => {
      const [{ listRules }, { writeOut }] = await Promise.all([import("./list-rules.ts"), import("./write-out.ts")]);
      const { columns: width } = process.stdout;
      await writeOut(listRules(format, { colour: hasColour(program.opts<ReviewOptions>().color), width }));
    });
}

function addExplain(program: Command): void {
  program
    .command("explain <rule>")
    .description("show a rule's page: what it reports, why it bites, how to repair it")
    .action(async (rule: string) => {
      const [{ explain }, { writeOut }] = await Promise.all([import("./explain.ts"), import("./write-out.ts")]);
      await writeOut(await drawn(explain(rule), hasColour(program.opts<ReviewOptions>().color)));
    });
}

function addSuggest(program: Command): void {
  const command = program
    .command("suggest [findings...]")
    .description("ask a model about findings, by their ids (default: all)")
    .option("--dry-run", "print what would be sent, to the byte, and what it costs at most; send nothing")
    .addOption(batchOption())
    .option("-f, --format <name>", "pretty (default), json or sarif")
    .option("-o, --output <file>", "write to a file, or a format to a file: FORMAT=FILE");
  addFindingOptions(command);
  addModelOptions(command);
  addOutputOptions(command);
  command.action(async (findings: string[], options: SuggestOptions) => {
    const { runSuggest } = await import("./run-suggest.ts");
    process.exitCode = await runSuggest(findings, options);
  });
}

function addEval(program: Command): void {
  const command = program
    .command("eval [paths...]")
    .description("score models on the findings of some code: whose fixes stand every check")
    .option("--corpus <kind>", "findings (default), or twins or mutations, where the repair is known")
    .option("--limit <n>", "at most so many cases of a corpus, of all rules alike", wholeNumber)
    .option("--repeat <n>", "ask so often (default: 1)", wholeNumber)
    .option("--record <folder>", "keep what the models said")
    .option("--replay <folder>", "score what was kept, and ask nobody")
    .option("--feedback <file>", "score what people made of the bot's comments, by `review-bot feedback`; asks nobody")
    .option("-f, --format <name>", "pretty (default) or json")
    .option("-o, --output <file>", "write html=FILE or json=FILE; may repeat", collect);
  addReviewedOptions(command);
  addModelOptions(command, "several, separated by commas");
  addOutputOptions(command);
  command.action(async (paths: string[], options: EvalOptions) => {
    const { runEval } = await import("./run-eval.ts");
    process.exitCode = await runEval(paths, options);
  });
}

function batchOption(): Option {
  const text = "by the provider's batch endpoint, at its lower price: submit, status or collect";
  return new Option("--batch <step>", text).choices(["submit", "status", "collect"]);
}

function addFix(program: Command): void {
  const command = program
    .command("fix <findings...>")
    .description("apply the best fix of findings, by their ids")
    .option("--suggest", "ask a model for a fix as well")
    .option("--interactive", "ask before each is written")
    .option("--force", "apply fixes that nothing has verified, too");
  addFindingOptions(command);
  addModelOptions(command);
  addOutputOptions(command);
  command.action(async (findings: string[], options: FixOptions) => {
    const { runFix } = await import("./run-fix.ts");
    process.exitCode = await runFix(findings, options);
  });
}

/** Another program gets the page as it is written. */
async function drawn(page: string, colour: boolean): Promise<string> {
  const { isTTY, columns } = process.stdout;
  if (!isTTY && !colour) return page;
  const { drawMarkdown } = await import("./markdown.ts");
  return drawMarkdown(page, { colour, width: Math.min(columns || 80, 100) });
}

function readVersion(): string {
  const manifest = createRequire(import.meta.url)("../package.json") as { readonly version: string };
  return manifest.version;
}
