/** Reports printf-like calls whose placeholders and arguments do not agree in number. */
import {
  asMethodCall,
  defineRule,
  literalValue,
  quoted,
  unwrapped,
  type Ask,
  type FormatFacts,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isIdentifier,
  isSpreadElement,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { isDebugger } from "./debuggers.ts";

const rule: Rule = defineRule({
  id: "format-arity",
  summary: "A format has more placeholders than arguments, or arguments that it does not show.",
  category: "text",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Give one argument for each placeholder, and one placeholder for each argument; write `%%` for a percent sign.",
  listen: pass => ({
    [SyntaxKind.CallExpression]: (node: CallExpression) =>
      node.arguments.slice(0, 2).some(mayBeFormat) || isLogging(node) ? check(pass, node) : undefined,
  }),
});
export default rule;

function mayBeFormat(argument: Expression): boolean {
  const value = literalValue(argument);
  return typeof value === "string" && value.includes("%");
}

/** Some loggers show nothing that has no placeholder. */
function isLogging(call: CallExpression): boolean {
  return call.arguments.length > 1 && LEVELS.has(asMethodCall(call)?.name ?? "");
}

const LEVELS: ReadonlySet<string> = new Set(["trace", "debug", "info", "warn", "error", "fatal"]);

function* check(pass: Pass, call: CallExpression): Ask<void> {
  const strings = call.arguments.findIndex(each => typeof literalValue(each) === "string");
  if (strings < 0 || strings > 1 || call.arguments.some(isSpreadElement)) return;
  const facts = yield* formatOf(pass, call);
  const format = facts && call.arguments[facts.at];
  const text = format && literalValue(format);
  if (facts && format && typeof text === "string") compare(pass, call, format, text, facts);
}

function compare(pass: Pass, call: CallExpression, format: Node, text: string, facts: FormatFacts): void {
  const places = placeholdersIn(text, facts.letters);
  const given = call.arguments.length - facts.at - 1;
  if (places.length > given) {
    if (given > 0 || isFormatter(call)) reportMissing(pass, format, places, given);
  } else if (places.length < given && !facts.showsRest && !isError(call.arguments.at(-1))) {
    reportExtra(pass, call, format, facts.at + 1 + places.length);
  }
}

function* formatOf(pass: Pass, call: CallExpression): Ask<FormatFacts | undefined> {
  const facts = yield* pass.models.of(call);
  if (facts) return facts.format;
  return isIdentifier(unwrapped(call.expression)) && (yield* isDebugger(pass.checker, call.expression))
    ? { at: 0, letters: "sdifjoOc", showsRest: true }
    : undefined;
}

/** What `%` and a letter stand for an argument; `%%` is a percent sign. */
function placeholdersIn(text: string, letters: string): readonly string[] {
  return [...text.matchAll(/%(?:%|([a-zA-Z]))/g)].flatMap(([whole, letter]) =>
    letter && letters.includes(letter) ? [whole] : [],
  );
}

/** A text for the console that gets no argument at all is shown as it is, and may be about formats. */
function isFormatter({ expression }: CallExpression): boolean {
  return /(?:^|\.)format$/.test(expression.getText());
}

/** Loggers take an error behind everything else. */
function isError(argument: Expression | undefined): boolean {
  return argument !== undefined && /^(?:e|err|error|cause|reason)$/i.test(unwrapped(argument).getText());
}

function reportMissing(pass: Pass, format: Node, places: readonly string[], given: number): void {
  const [has, gets] = [counted(places.length, "placeholder"), counted(given, "argument")];
  pass.report(format, {
    message: `The format has ${has} and gets ${gets}, so \`${places[given] ?? ""}\` is shown as it is.`,
    evidence: [{ at: format, message: `Its placeholders are ${places.map(each => `\`${each}\``).join(", ")}.` }],
  });
}

function reportExtra(pass: Pass, call: CallExpression, format: Node, from: number): void {
  const { sourceFile } = pass.file;
  const extra = call.arguments[from] as Expression;
  pass.report(extra, {
    message: `${quoted(call.expression, sourceFile)} has no placeholder for ${quoted(extra, sourceFile)}, so it is not shown.`,
    evidence: [
      {
        at: format,
        message: `The format has ${counted(from - call.arguments.indexOf(format as Expression) - 1, "placeholder")}.`,
      },
    ],
  });
}

function counted(count: number, noun: string): string {
  return `${count === 0 ? "no" : String(count)} ${noun}${count === 1 ? "" : "s"}`;
}
