/** The command's words: arguments, options, subcommands and their help. */
import { createRequire } from "node:module";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Severity } from "@review/findings";

/** The options of a review as commander gives them. */
export interface ReviewOptions {
  readonly format?: string;
  readonly output?: readonly string[];
  readonly rule?: readonly string[];
  readonly skipRule?: readonly string[];
  readonly severity?: Severity;
  readonly failOn: Severity | "never";
  readonly maxWarnings?: number;
  readonly project?: string;
  readonly fix?: true;
  readonly stdin?: true;
  readonly stdinFilename?: string;
  readonly suggest?: true;
  readonly model?: string;
  readonly budget?: number;
  readonly language?: string;
  readonly requireSuggestions?: true;
  readonly stats?: true;
  readonly debug?: true;
  readonly quiet?: true;
  /** Absent: as the terminal and NO_COLOR have it. */
  readonly color?: boolean;
}

const SEVERITIES = ["error", "warning", "info"] as const;

export function createProgram(): Command {
  const program = new Command("review")
    .description("Finds likely bugs in TypeScript and JavaScript, shows why, and says how to repair them.")
    .version(readVersion(), "-v, --version")
    .argument("[paths...]", "files, directories or globs (default: the current directory)")
    .configureHelp({ sortSubcommands: false })
    .showSuggestionAfterError()
    .exitOverride();
  addReviewOptions(program);
  program.action(async (paths: string[], options: ReviewOptions) => {
    const { runReview } = await import("./run-review.ts");
    process.exitCode = await runReview(paths, options);
  });
  program
    .command("rules")
    .description("the catalogue of rules")
    .option("-f, --format <name>", "pretty or json", "pretty")
    .exitOverride()
    .action(async ({ format }: { format: string }) => {
      const { listRules } = await import("./list-rules.ts");
      process.stdout.write(listRules(format, process.stdout.columns ?? 100));
    });
  program
    .command("explain <rule>")
    .description("the page of a rule: what it reports, why it bites, how to repair it")
    .exitOverride()
    .action(async (rule: string) => {
      const { explain } = await import("./explain.ts");
      process.stdout.write(explain(rule));
    });
  return program;
}

function addReviewOptions(program: Command): void {
  program
    .option("-f, --format <name>", "pretty, json or sarif (default: pretty)")
    .option("-o, --output <file>", "write there instead of to standard output; may repeat as FORMAT=FILE", collect)
    .option("--rule <ids>", "only these rules, separated by commas", list)
    .option("--skip-rule <ids>", "not these rules", list)
    .addOption(new Option("--severity <level>", "the lowest severity to show (default: warning)").choices(SEVERITIES))
    .addOption(
      new Option("--fail-on <level>", "exit with 1 from this severity up")
        .choices([...SEVERITIES, "never"])
        .default("error"),
    )
    .option("--max-warnings <n>", "exit with 1 when there are more warnings", wholeNumber)
    .option("--project <tsconfig>", "use this project for every file, instead of its own")
    .option("--fix", "apply the safe fixes")
    .option("--stdin", "review standard input, as --stdin-filename")
    .option("--stdin-filename <file>", "the name that decides on language and project")
    .option("--suggest", "ask the model for a suggestion on each finding")
    .option("--model <name>", "the model to ask (default: REVIEW_MODEL)")
    .option("--budget <usd>", "spend at most this much on the model", amount)
    .option("--language <name>", "the language of the model's explanations")
    .option("--require-suggestions", "exit with 4 when a finding has no suggestion of the model")
    .option("--stats", "print what the run cost to standard error")
    .option("--debug", "show stacks and details on standard error")
    .option("--quiet", "nothing on standard error but failures")
    .option("--color", "colours, whatever the output is")
    .option("--no-color", "no colours");
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

function list(value: string, earlier: readonly string[] = []): readonly string[] {
  return [
    ...earlier,
    ...value
      .split(",")
      .map(id => id.trim())
      .filter(id => id !== ""),
  ];
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("It takes a whole number, such as 10.");
  return Number(value);
}

function amount(value: string): number {
  const usd = Number(value);
  if (value.trim() === "" || !Number.isFinite(usd) || usd < 0) {
    throw new InvalidArgumentError("It takes an amount in US dollars, such as 0.50.");
  }
  return usd;
}

function readVersion(): string {
  const manifest = createRequire(import.meta.url)("../package.json") as { readonly version: string };
  return manifest.version;
}
