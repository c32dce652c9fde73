/** The options of a review: their words, what they take, and what comes of them. */
import { InvalidArgumentError, Option, type Command } from "commander";
import type { Severity } from "@review/findings";
import type { Price } from "@review/suggestions";

/** The options of a review as commander gives them. */
export interface ReviewOptions {
  readonly format?: string;
  readonly output?: readonly string[];
  readonly rule?: readonly string[];
  readonly skipRule?: readonly string[];
  readonly severity?: Severity;
  /** Absent: error. */
  readonly failOn?: Severity | "never";
  readonly maxWarnings?: number;
  readonly project?: string;
  readonly fix?: true;
  /** Asks the model as `suggest` does. */
  readonly fixVerified?: true;
  readonly stdin?: true;
  readonly stdinFilename?: string;
  readonly suggest?: true;
  readonly model?: string;
  /** Seconds. */
  readonly modelTimeout?: number;
  readonly budget?: number;
  readonly price?: Price;
  readonly verifyCommand?: string;
  readonly prove?: true;
  readonly language?: string;
  readonly requireSuggestions?: true;
  readonly watch?: true;
  readonly stats?: true;
  readonly debug?: true;
  readonly quiet?: true;
  /** Absent: as the terminal and NO_COLOR have it. */
  readonly color?: boolean;
}

const SEVERITIES = ["error", "warning", "info"] as const;
const FAILING = [...SEVERITIES, "never"] as const;

/** Adds the options in the groups in which help shows them. */
export function addReviewOptions(program: Command): void {
  program
    .optionsGroup("What is reviewed:")
    .option("--project <tsconfig>", "use this project for every file, not its own")
    .option("--watch", "go on, and review each file as it is saved")
    .option("--stdin", "review standard input instead of files")
    .option("--stdin-filename <file>", "the name that decides on language and project")
    .option("--rule <ids>", "only these rules, separated by commas", list)
    .option("--skip-rule <ids>", "not these rules", list)
    .optionsGroup("What is shown:")
    .option("-f, --format <name>", "pretty (default), json, sarif, rdjson or gitlab")
    .option("-o, --output <file>", "write to a file, or a format to a file: FORMAT=FILE; may repeat", collect)
    .addOption(levels("--severity <level>", "the lowest severity to show:", SEVERITIES, "warning"))
    .option("--color", "colours, whatever the output is")
    .option("--no-color", "no colours")
    .optionsGroup("When it fails:")
    .addOption(levels("--fail-on <level>", "exit with 1 from here up:", FAILING, "error"))
    .option("--max-warnings <n>", "exit with 1 when there are more warnings", wholeNumber)
    .optionsGroup("Repair:")
    .option("--fix", "apply the safe fixes to the files")
    .option("--fix-verified", "the same, and a model's fixes that stood every check")
    .option("--suggest", "ask a model how to repair each finding");
  addModelOptions(program);
  program
    .option("--require-suggestions", "exit with 4 when the model has none for a finding")
    .optionsGroup("On standard error:")
    .option("--stats", "what the run cost")
    .option("--debug", "stacks and details")
    .option("--quiet", "nothing but failures");
}

/** Which model is asked, and what it may cost. */
export function addModelOptions(command: Command, several?: string): void {
  if (several === undefined) command.option("--model <name>", "the model to ask (default: REVIEW_MODEL)");
  else command.option("--model <names>", `the models to ask, ${several} (default: REVIEW_MODEL)`, list);
  command
    .option("--model-timeout <seconds>", "give up an attempt after so long (default: 60)", seconds)
    .option("--budget <usd>", "spend at most this much on the model", amount)
    .option("--price <in,out>", "what a million tokens cost in US dollars: 0.25,2", price)
    .option("--language <name>", "the language of the model's explanations")
    .option("--verify-command <command>", "run this on a copy of the tree for each fix of the model")
    .option("--prove", "have errors reproduced by a test of the model's, in a sandbox");
}

/** The options of a command that looks for findings by their ids. */
export function addFindingOptions(command: Command): void {
  command.option("--path <path>", "where to look; may repeat (default: the current directory)", collect);
  addReviewedOptions(command);
}

/** Which code is reviewed, and by which rules. */
export function addReviewedOptions(command: Command): void {
  command
    .option("--project <tsconfig>", "use this project for every file, not its own")
    .option("--rule <ids>", "only these rules, separated by commas", list)
    .option("--skip-rule <ids>", "not these rules", list)
    .addOption(levels("--severity <level>", "the lowest severity to show:", SEVERITIES, "warning"));
}

/** What stands on standard error, and colours. */
export function addOutputOptions(command: Command): void {
  command
    .option("--color", "colours, whatever the output is")
    .option("--no-color", "no colours")
    .option("--debug", "stacks and details")
    .option("--quiet", "nothing but failures");
}

/** An option whose choices and default stand in one short sentence. */
function levels(flags: string, text: string, choices: readonly string[], standard: string): Option {
  const names = choices.map(choice => (choice === standard ? `${choice} (default)` : choice)).join(", ");
  return new Option(flags, `${text} ${names}`).argParser(value => {
    if (choices.includes(value)) return value;
    throw new InvalidArgumentError(`It takes one of ${choices.join(", ")}.`);
  });
}

/** An option that may be given several times. */
export function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

function list(value: string, earlier: readonly string[] = []): readonly string[] {
  const ids = value
    .split(",")
    .map(id => id.trim())
    .filter(id => id !== "");
  if (ids.length === 0) throw new InvalidArgumentError("It takes ids of rules, separated by commas.");
  return [...earlier, ...ids];
}

/** Not negative. */
export function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("It takes a whole number, such as 10.");
  return Number(value);
}

function seconds(value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It takes whole seconds, such as 60.");
}

function price(value: string): Price {
  const [, input, output] = /^(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)$/.exec(value.trim()) ?? [];
  if (input === undefined) throw new InvalidArgumentError("It takes two amounts in US dollars, such as 0.25,2.");
  return { input: Number(input), output: Number(output) };
}

function amount(value: string): number {
  const usd = Number(value);
  if (value.trim() === "" || !Number.isFinite(usd) || usd < 0) {
    throw new InvalidArgumentError("It takes an amount in US dollars, such as 0.50.");
  }
  return usd;
}
